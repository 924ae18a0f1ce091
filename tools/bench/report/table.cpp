#include "table.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "harness/files.hpp"

namespace bench {
namespace {

constexpr std::string_view begin_mark = "<!-- written by the benchmark -->\n";
constexpr std::string_view end_mark = "<!-- the benchmark's end -->";

// The median, the quartiles, and the ratio to ours.
std::string cell_of(const Row& row, const std::optional<Summary>& cell) {
  if (!cell) return "–";
  std::string text = number(cell->median, row.decimals);
  if (cell->low != cell->high) {
    text += " (" + number(cell->low, row.decimals) + "–" + number(cell->high, row.decimals) + ")";
  }
  const double ours = row.cells.front() ? row.cells.front()->median : 0;
  if (&cell != &row.cells.front() && ours > 0) text += ", " + number(cell->median / ours, 2) + " ×";
  return text;
}

}  // namespace

const Row& Table::row(std::string_view figure) const {
  for (const Row& row : rows) {
    if (row.figure == figure) return row;
  }
  throw std::runtime_error("unknown figure: " + std::string{figure});
}

double Table::value(std::string_view figure, std::string_view subject) const {
  const auto place = std::ranges::find(subjects, subject) - subjects.begin();
  return row(figure).cells.at(static_cast<std::size_t>(place)).value().median;
}

std::string number(double value, int decimals) {
  char digits[64];
  const int size = std::snprintf(digits, sizeof digits, "%.*f", decimals, value);
  std::string text{digits, static_cast<std::size_t>(size)};
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.starts_with('-') ? 2 : 1;
  for (std::size_t place = point; place > 3 && place - 3 >= first; place -= 3) text.insert(place - 3, ",");
  return text;
}

std::string markdown_of(const Table& table) {
  std::string text = "| |";
  for (const std::string& subject : table.subjects) text += " " + subject + " |";
  text += "\n|---|";
  for (std::size_t column = 0; column < table.subjects.size(); ++column) text += "---|";
  text += "\n";
  for (const Row& row : table.rows) {
    text += "| " + row.figure + " |";
    for (const auto& cell : row.cells) text += " " + cell_of(row, cell) + " |";
    text += "\n";
  }
  return text;
}

void write_between(const std::filesystem::path& document, std::string_view text) {
  std::string whole = harness::read_file(document);
  const std::size_t begin = whole.find(begin_mark);
  const std::size_t end = whole.find(end_mark);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    throw std::runtime_error(document.string() + " has no place for the benchmark's figures");
  }
  const std::size_t from = begin + begin_mark.size();
  whole.replace(from, end - from, text);
  harness::write_file(document, whole);
}

}  // namespace bench
