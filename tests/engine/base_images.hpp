// Base images: the stand-ins for the public images that Dockerfiles start from.
//
// No registry can be reached from a test, so they are made from Debian's packages (stand-ins/) and get the
// public names, whatever version a Dockerfile asks for: it can move on without this test.
#pragma once

#include <filesystem>

#include "engine.hpp"

namespace engine {

// Makes it when the engine does not have it, or has it from another recipe. Throws where there is no
// stand-in.
void provide_base_image(const Engine& engine, const std::string& image);
// All that a Dockerfile names.
void provide_base_images(const Engine& engine, const std::filesystem::path& dockerfile);

}  // namespace engine
