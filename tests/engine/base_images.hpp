// Base images: the stand-ins for the public images that Dockerfiles start from.
//
// No registry can be reached from a test, so they are made from Debian's packages (stand-ins/) and get the
// public names, whatever version a Dockerfile asks for: it can move on without this test.
#pragma once

#include <filesystem>

#include "engine.hpp"

namespace engine {

// Makes those that a Dockerfile names and the engine does not have, or has from another recipe. Throws where
// there is no stand-in.
void provide_base_images(const Engine& engine, const std::filesystem::path& dockerfile);

}  // namespace engine
