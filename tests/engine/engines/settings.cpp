#include "settings.hpp"

#include <stdlib.h>

namespace engine {
namespace {

std::string setting(const char* name, const char* otherwise) {
  const char* value = ::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

std::string cache_directory() { return setting("ENGINE_CACHE", ENGINE_CACHE); }

std::string podman_runtime() { return setting("PODMAN_RUNTIME", "runc"); }

std::vector<std::string> on_the_host() {
  const std::string root = setting("ENGINE_HOST", "");
  if (root.empty()) return {};
  return {"chroot", root};
}

}  // namespace engine
