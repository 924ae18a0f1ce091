// Dockerfile: what of one says where it starts from.
#pragma once

#include <string>
#include <vector>

namespace engine {

// The names of its stages.
std::vector<std::string> stages_in(const std::string& dockerfile);
// The images that it starts from, or copies from, and does not make itself. Each once.
std::vector<std::string> base_images_in(const std::string& dockerfile);

}  // namespace engine
