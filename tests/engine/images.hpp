// Images: the stand-ins for the public base images, and what is built upon them.
//
// No registry can be reached from a test, so the base images are made from Debian's packages (stand-ins/) and
// get the public names; Dockerfile.example is built as users get it.
#pragma once

#include <string>

#include "engine.hpp"

namespace engine {

// Makes those that the engine does not have, or has from another recipe. Throws, with the end of the log.
void provide_base_images(const Engine& engine);

// Builds a Dockerfile of the repository, with the repository as context.
void build(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// Builds a Dockerfile that needs no context.
void build_text(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// The steps of stages that no tag names are lost when old images are removed: tags them, then removes.
void keep_stages(const Engine& engine, const std::string& dockerfile, const std::vector<std::string>& stages);

}  // namespace engine
