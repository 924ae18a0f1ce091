// The text for the person at the terminal: at most 80 columns of plain text.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace demo {

void title(std::string_view text);
void step(std::string_view text);     // numbered
void remark(std::string_view text);   // wrapped
void command(std::string_view text);  // as typed at a prompt
void quote(std::string_view text);    // the output of a program, one line each

std::string with_thousands(std::uintmax_t number);

// Thrown if a step fails.
struct Disappointment : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void expect(bool fact, const std::string& otherwise);

}  // namespace demo
