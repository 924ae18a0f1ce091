#include "narration.hpp"

#include <iostream>
#include <sstream>

namespace demo {
namespace {

constexpr std::size_t columns = 80;

// Leaves a line that fits unchanged; breaks others at blanks. A word longer than a line stays whole.
void print_wrapped(std::string_view first, std::string_view rest, const std::string& text) {
  if (first.size() + text.size() <= columns) {
    std::cout << first << text << std::endl;
    return;
  }
  std::istringstream words{text};
  std::string line{first};
  std::size_t begin = line.size();
  for (std::string word; words >> word;) {
    if (line.size() > begin && line.size() + 1 + word.size() > columns) {
      std::cout << line << '\n';
      line = rest;
      begin = line.size();
    }
    if (line.size() > begin) line += ' ';
    line += word;
  }
  std::cout << line << std::endl;
}

}  // namespace

void title(std::string_view text) { std::cout << text << '\n' << std::string(text.size(), '=') << std::endl; }

void step(std::string_view text) {
  static int number = 0;
  std::cout << '\n' << ++number << ". " << text << std::endl;
}

void remark(std::string_view text) { print_wrapped("   ", "   ", std::string{text}); }

void command(std::string_view text) { print_wrapped("   $ ", "       ", std::string{text}); }

void quote(std::string_view text) {
  std::istringstream lines{std::string{text}};
  for (std::string line; std::getline(lines, line);) print_wrapped("   | ", "   |   ", line);
}

std::string with_thousands(std::uintmax_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) digits.insert(place -= 3, ",");
  return digits;
}

void expect(bool fact, const std::string& otherwise) {
  if (!fact) throw Disappointment{otherwise};
}

}  // namespace demo
