#include "support/programs.hpp"

#include <stdlib.h>
#include <unistd.h>

#include "support/descriptor.hpp"

namespace support {
namespace {

std::string setting(const char* variable, const char* otherwise) {
  const char* value = ::getenv(variable);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

std::string existing(std::string path) {
  checked(::access(path.c_str(), X_OK), "no program to test at " + path);
  return path;
}

}  // namespace

std::string shipped(std::string_view program) {
  return existing(setting("DISTROLESS_BIN", SHIPPED_BIN) + "/" + std::string{program});
}

std::string helper() { return existing(setting("DISTROLESS_HELPER", SHIPPED_HELPER)); }

}  // namespace support
