// Prints the size of the matrix in one line.
#include <gtest/gtest.h>

#include <iostream>

#include "matrix.hpp"

namespace fault_test {
namespace {

TEST(Faults, CountsMatchSecurityMd) {
  const Size init = size_of_init(), healthcheck = size_of_healthcheck(), tls = size_of_healthcheck_tls();
  const int all = init.cells + healthcheck.cells + tls.cells;
  std::cout << "fault matrix: init " << init.cells << " cells in " << init.phases << " phases, healthcheck "
            << healthcheck.cells << " in " << healthcheck.phases << ", healthcheck-tls " << tls.cells
            << " in " << tls.phases << "; together " << all << '\n';
  RecordProperty("cells", all);
  // SECURITY.md's numbers.
  EXPECT_GE(init.cells, 12'500);
  EXPECT_GE(healthcheck.cells, 8'500);
  EXPECT_GE(tls.cells, 2'400);
}

}  // namespace
}  // namespace fault_test
