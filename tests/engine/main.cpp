#include <gtest/gtest.h>
#include <unistd.h>

#include <iostream>
#include <string_view>
#include <vector>

#include "engines/suite.hpp"

namespace {

// An engine needs root. A user with sudo may run the README's commands, as setup.sh allows; if sudo would ask
// for a password, it fails instead and says so.
int run_as_root(char** argv) {
  std::vector<char*> command{const_cast<char*>("sudo"), const_cast<char*>("--non-interactive")};
  for (; *argv != nullptr; ++argv) command.push_back(*argv);
  command.push_back(nullptr);
  ::execvp(command.front(), command.data());
  std::cerr << "engine_test: needs root, and there is no sudo\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const bool only_lists = GTEST_FLAG_GET(list_tests);
  if (::geteuid() != 0 && !only_lists) return run_as_root(argv);
  engine::register_suite();
  return RUN_ALL_TESTS();
}
