// Where the programs under test are: the shipped ones and the helper that plays the other roles.
#pragma once

#include <string>
#include <string_view>

namespace support {

// "init" or "healthcheck" in the release build; the environment's DISTROLESS_BIN names another directory.
std::string shipped(std::string_view program);

// tests/helper of the same build; the environment's DISTROLESS_HELPER names another file.
std::string helper();

}  // namespace support
