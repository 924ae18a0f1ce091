#include "harness/programs.hpp"

#include <stdlib.h>
#include <unistd.h>

#include "harness/descriptor.hpp"

namespace harness {
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

std::string testprog() { return existing(setting("DISTROLESS_TESTPROG", SHIPPED_TESTPROG)); }

}  // namespace harness
