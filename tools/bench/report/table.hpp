// Figures in rows, subjects in columns, and the document that they are written to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measure/runs.hpp"

namespace bench {

struct Row {
  std::string figure;  // with its unit
  int decimals = 0;
  std::vector<std::optional<Summary>> cells = {};  // in the subjects' order; no value if it cannot do it
};

struct Table {
  std::vector<std::string> subjects;
  std::vector<Row> rows = {};

  const Row& row(std::string_view figure) const;
  double value(std::string_view figure, std::string_view subject) const;  // the median
};

std::string number(double value, int decimals);  // 1,234.5
std::string markdown_of(const Table& table);

// Replaces the text between the document's two lines that mark the benchmark's part. Throws if they are
// missing.
void write_between(const std::filesystem::path& document, std::string_view text);

}  // namespace bench
