// Finds the programs under test: the shipped ones and the test program that plays the other roles.
#pragma once

#include <string>
#include <string_view>

namespace harness {

// "init" or "healthcheck" in the release build; the variable DISTROLESS_BIN names another directory.
std::string shipped(std::string_view program);

// The test program of the same build; the variable DISTROLESS_TESTPROG names another file.
std::string testprog();

// For the environment of a probe whose verdict does not depend on the time: healthcheck's default of three
// seconds is too short for an emulated program on a loaded machine. --timeout outranks it.
inline constexpr const char* unhurried = "DISTROLESS_HEALTHCHECK_TIMEOUT=1m";

}  // namespace harness
