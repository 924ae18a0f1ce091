// Settings: the environment describes engines that are not this machine's own.
#pragma once

#include <string>
#include <vector>

namespace engine {

// ENGINE_CACHE: the directory of the engine's images and build steps.
std::string cache_directory();

// PODMAN_RUNTIME: Podman's runtime, `runc` by default.
std::string podman_runtime();

// ENGINE_HOST: the machine's own root, if the tests run in another one (roots/enter.sh). Returns the words
// that go before a command so that it runs in the machine's own root, with its packages.
std::vector<std::string> on_the_host();

}  // namespace engine
