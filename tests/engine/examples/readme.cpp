#include "readme.hpp"

#include <stdexcept>

#include "harness/files.hpp"

namespace engine {

std::string code_after(const std::string& text) {
  const std::string readme = harness::read_file(REPOSITORY "/README.md");
  const std::string fence = "\n```";
  const std::size_t start = readme.find(text);
  const std::size_t opening = start == readme.npos ? start : readme.find(fence, start);
  if (opening == readme.npos) throw std::runtime_error("README.md has no code after " + text);
  const std::size_t begin = readme.find('\n', opening + fence.size()) + 1;
  return readme.substr(begin, readme.find(fence, begin) + 1 - begin);
}

}  // namespace engine
