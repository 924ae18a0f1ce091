// Images: the repository's Dockerfiles, built as users get them, upon stand-ins of the public base images.
#pragma once

#include <string>

#include "engine.hpp"

namespace engine {

// Builds a Dockerfile of the repository, with the repository as context, and keeps the steps of its stages.
void build(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// Builds a Dockerfile that needs no context.
void build_text(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// Builds examples/NAME/Dockerfile when it is first asked for. Gives the image's name: distroless-NAME.
std::string example(const Engine& engine, const std::string& name);

// What no name leads to any more.
void remove_old_images(const Engine& engine);

}  // namespace engine
