// The product's budgets and the measurements against them.
#pragma once

#include <string>
#include <vector>

#include "measure/figures.hpp"

namespace bench {

struct Budget {
  std::string figure;
  int decimals;
  double must;  // at most
  double aim;
  double measured;
};

std::vector<Budget> budgets(const Figures& figures, Kind kind);
std::string markdown_of(const std::vector<Budget>& budgets);
bool all_kept(const std::vector<Budget>& budgets);

}  // namespace bench
