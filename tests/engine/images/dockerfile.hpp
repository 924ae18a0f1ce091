// Dockerfile: reads which images a Dockerfile starts from.
#pragma once

#include <string>
#include <vector>

namespace engine {

// Returns the names of its stages.
std::vector<std::string> stages_in(const std::string& dockerfile);
// Returns, once each, the images that it starts from or copies from and does not build itself.
std::vector<std::string> base_images_in(const std::string& dockerfile);

}  // namespace engine
