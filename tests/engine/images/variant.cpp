#include "variant.hpp"

#include <atomic>

#include "images.hpp"
#include "roles.hpp"

namespace engine {
namespace {

std::string next_tag() {
  static std::atomic<int> count{0};
  return "distroless-variant-" + std::to_string(++count);
}

}  // namespace

Variant::Variant(const Engine& engine, const std::string& lines) : engine_{engine}, tag_{next_tag()} {
  build_text(engine, std::string{"FROM "} + roles_image + "\n" + lines, tag_);
}

Variant::~Variant() {
  try {
    engine_.call({"image", "rm", "--force", tag_});
  } catch (const std::exception&) {
    // One more image in the cache, which nothing refers to.
  }
}

}  // namespace engine
