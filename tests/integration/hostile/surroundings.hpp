// Surroundings: the resources that a container may lack or be limited in, and that both programs must do
// without.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "harness/container.hpp"
#include "harness/files.hpp"

namespace hostile_test {

// Changes a container. If it has a root of its own, `root` contains both programs, the test program and the
// directory of the services.
struct Surroundings {
  const char* name;
  void (*arrange)(harness::ContainerOptions& options, const std::string& root);
};

const std::vector<Surroundings>& all_surroundings();
inline void PrintTo(const Surroundings& surroundings, std::ostream* out) { *out << surroundings.name; }

// A root that contains only the programs, at the paths that they have on the machine. `directory` can be
// mounted.
void make_root(const std::filesystem::path& root, const std::string& directory);

}  // namespace hostile_test
