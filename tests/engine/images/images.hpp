// Images: the repository's Dockerfiles, built as users get them, on stand-ins for the public base images.
#pragma once

#include <string>

#include "engines/engine.hpp"

namespace engine {

// Builds a Dockerfile of the repository with the repository as context, and keeps the steps of its stages.
void build(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// Builds a Dockerfile that needs no context.
void build_text(const Engine& engine, const std::string& dockerfile, const std::string& tag);

// Builds examples/NAME/Dockerfile on first use. Returns the image's name: distroless-NAME.
std::string example(const Engine& engine, const std::string& name);

// Copies an image from one engine to another, where it gets another name.
struct Engines {
  const Client& from;
  const Client& to;
};
void copy_image(const Engines& engines, const std::string& image, const std::string& name);

// Removes the images that no name refers to any more.
void remove_old_images(const Engine& engine);

}  // namespace engine
