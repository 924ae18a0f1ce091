#include "dockerfile.hpp"

#include <algorithm>
#include <regex>

namespace engine {
namespace {

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex regex{pattern};
  std::vector<std::string> found;
  for (std::sregex_iterator at{text.begin(), text.end(), regex}, end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::vector<std::string> stages_in(const std::string& dockerfile) {
  return all_matches(dockerfile, R"(\nFROM \S+ AS (\S+))");
}

std::vector<std::string> base_images_in(const std::string& dockerfile) {
  const std::vector<std::string> stages = stages_in(dockerfile);
  std::vector<std::string> images;
  for (const std::string& name : all_matches(dockerfile, R"(\n(?:FROM |COPY --from=)(\S+))")) {
    if (name != "scratch" && !holds(stages, name) && !holds(images, name)) images.push_back(name);
  }
  return images;
}

}  // namespace engine
