// Base images: the stand-ins for the public images that Dockerfiles start from.
//
// No registry can be reached from a test, so the images are made from Debian's packages (stand-ins/). They
// get the public names in whatever version a Dockerfile asks for, so a version can change without this test.
#pragma once

#include <filesystem>

#include "engines/engine.hpp"

namespace engine {

// Makes the image if the engine does not have it, or has one made from another recipe. Throws if there is no
// stand-in.
void provide_base_image(const Engine& engine, const std::string& image);
// Makes every image that a Dockerfile names.
void provide_base_images(const Engine& engine, const std::filesystem::path& dockerfile);

}  // namespace engine
