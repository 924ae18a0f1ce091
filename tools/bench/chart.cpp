#include "chart.hpp"

#include <algorithm>

#include "figures.hpp"

namespace bench {
namespace {

constexpr int width = 860;
constexpr int panel_width = width / 2;
constexpr int name_width = 110;
constexpr int bar_space = panel_width - name_width - 110;
constexpr int line_height = 22;

std::string text_at(int x, int y, const std::string& style, const std::string& text) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" " + style + ">" + text +
         "</text>\n";
}

// Bars are as long as the medians; ours are dark. Each panel has its own scale.
std::string panel_of(const Table& table, const char* name, int left, int top) {
  const Row& row = table.row(name);
  double longest = 0;
  for (const auto& cell : row.cells) longest = std::max(longest, cell ? cell->median : 0);
  std::string text = text_at(left, top, "font-weight=\"bold\"", table.subjects.front() + ": " + name);
  for (std::size_t which = 0; which < row.cells.size(); ++which) {
    if (!row.cells[which]) continue;
    const double value = row.cells[which]->median;
    const int y = top + 10 + static_cast<int>(which) * line_height;
    const int length = std::max(1, static_cast<int>(std::max(value, 0.0) / longest * bar_space));
    text += text_at(left + name_width - 8, y + 13, "text-anchor=\"end\"", table.subjects[which]);
    text += "<rect x=\"" + std::to_string(left + name_width) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
            std::to_string(length) + "\" height=\"16\" fill=\"" + (which == 0 ? "#0a6e3c" : "#9fb3c8") +
            "\"/>\n";
    text += text_at(left + name_width + length + 6, y + 13, "fill=\"#444\"", number(value, row.decimals));
  }
  return text;
}

}  // namespace

std::string chart_of(const Table& inits, const Table& probes) {
  const int first = 30, height = 2 * (7 * line_height + 20) + 20;
  const int second = first + 7 * line_height + 20;
  std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) +
                     "\" height=\"" + std::to_string(height) + "\" viewBox=\"0 0 " + std::to_string(width) +
                     " " + std::to_string(height) + "\" font-family=\"sans-serif\" font-size=\"13\">\n" +
                     "<title>init and healthcheck beside their peers: start-up, memory, a probe's time and "
                     "its memory. Shorter is better.</title>\n" +
                     "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  text += panel_of(inits, figure::start_up, 20, first);
  text += panel_of(inits, figure::resident, 20 + panel_width, first);
  text += panel_of(probes, figure::http, 20, second);
  text += panel_of(probes, figure::peak, 20 + panel_width, second);
  return text + "</svg>\n";
}

}  // namespace bench
