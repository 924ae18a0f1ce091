// Surroundings: what a container may lack, or be limited to, and both programs have to do with.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "harness/container.hpp"
#include "harness/files.hpp"

namespace hostile_test {

// What is done to a container whose root, where it has one of its own, is `root`, with both programs, the
// test program and the directory of the services in it.
struct Surroundings {
  const char* name;
  void (*arrange)(harness::ContainerOptions& options, const std::string& root);
};

const std::vector<Surroundings>& all_surroundings();
inline void PrintTo(const Surroundings& surroundings, std::ostream* out) { *out << surroundings.name; }

// A root of the programs alone, at the places where they are on the machine. `directory` can be mounted.
void make_root(const std::filesystem::path& root, const std::string& directory);

}  // namespace hostile_test
