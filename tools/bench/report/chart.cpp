#include "chart.hpp"

#include <algorithm>

#include "measure/figures.hpp"
#include "measure/subjects.hpp"

namespace bench {
namespace {

// One column, narrow enough to be read on a phone.
constexpr int width = 460;
constexpr int name_width = 110;
constexpr int bar_space = width - name_width - 80;
constexpr int line_height = 22;
constexpr int panel_gap = 44;

// A page's dark mode reaches an image through this media query.
constexpr const char* style =
    "<style>text{fill:#1f2328}.value{fill:#59636e}.peer{fill:#9fb3c8}.ours{fill:#0a6e3c}"
    "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.value{fill:#9198a1}.peer{fill:#57606a}"
    ".ours{fill:#3fb950}}</style>\n";

struct Panel {
  const Table& table;
  const std::vector<Subject>& subjects;
  const char* figure;
};

std::string text_at(int x, int y, const std::string& attributes, const std::string& text) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" " + attributes + ">" + text +
         "</text>\n";
}

int height_of(const Panel& panel) {
  return static_cast<int>(compared(panel.subjects).size()) * line_height + panel_gap;
}

// Each panel has its own scale. A bar is as long as the median.
std::string drawing_of(const Panel& panel, int top) {
  const Row& row = panel.table.row(panel.figure);
  double longest = 0;
  for (const std::size_t place : compared(panel.subjects)) {
    longest = std::max(longest, row.cells[place]->median);
  }
  std::string text =
      text_at(10, top + 18, "font-weight=\"bold\"", panel.subjects.front().name + ": " + panel.figure);
  int y = top + 28;
  for (const std::size_t place : compared(panel.subjects)) {
    const double value = row.cells[place]->median;
    const int length = std::max(1, static_cast<int>(std::max(value, 0.0) / longest * bar_space));
    text += text_at(name_width - 8, y + 13, "text-anchor=\"end\"", panel.subjects[place].name);
    text += "<rect class=\"" + std::string{place == 0 ? "ours" : "peer"} + "\" x=\"" +
            std::to_string(name_width) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
            std::to_string(length) + "\" height=\"16\"/>\n";
    text += text_at(name_width + length + 6, y + 13, "class=\"value\"", number(value, row.decimals));
    y += line_height;
  }
  return text;
}

}  // namespace

std::string chart_of(const Table& inits_table, const Table& probes_table) {
  const Panel panels[] = {
      {inits_table, inits(), figure::start_up},
      {inits_table, inits(), figure::resident},
      {probes_table, probes(), figure::http},
      {probes_table, probes(), figure::peak},
  };
  std::string drawings;
  int height = 0;
  for (const Panel& panel : panels) {
    drawings += drawing_of(panel, height);
    height += height_of(panel);
  }
  const std::string size = std::to_string(width) + "\" height=\"" + std::to_string(height) + "\"";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + " viewBox=\"0 0 " +
         std::to_string(width) + " " + std::to_string(height) +
         "\" font-family=\"sans-serif\" font-size=\"13\">\n" +
         "<title>init and healthcheck beside their peers: start-up, memory, a probe's time and its memory. "
         "Shorter is better.</title>\n" +
         style + drawings + "</svg>\n";
}

}  // namespace bench
