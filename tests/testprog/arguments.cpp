#include "arguments.hpp"

#include <stdlib.h>
#include <string.h>

#include "report.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

int number_in(const char* text) {
  char* end = nullptr;
  const long value = text == nullptr ? 0 : strtol(text, &end, 10);
  if (end == nullptr || end == text || *end != '\0')
    give_up("not a number: %s", text == nullptr ? "(missing)" : text);
  return static_cast<int>(value);
}

int signal_in(const char* text) {
  for (int signal = 1; text != nullptr && signal < 32; ++signal) {
    if (strcmp(name_of(signal), text) == 0) return signal;
  }
  return number_in(text);
}

}  // namespace

const char* Arguments::operand(int place) const {
  for (const char* word : words_) {
    if (strncmp(word, "--", 2) != 0 && place-- == 0) return word;
  }
  return nullptr;
}

int Arguments::number(int place) const { return number_in(operand(place)); }

int Arguments::signal(int place) const { return signal_in(operand(place)); }

const char* Arguments::value_of(const char* name) const {
  const auto size = strlen(name);
  for (const char* word : words_) {
    if (strncmp(word, "--", 2) == 0 && strncmp(word + 2, name, size) == 0 && word[2 + size] == '=') {
      return word + 2 + size + 1;
    }
  }
  return nullptr;
}

int Arguments::option(const char* name, int otherwise) const {
  const char* value = value_of(name);
  return value == nullptr ? otherwise : number_in(value);
}

int Arguments::signal_option(const char* name, int otherwise) const {
  const char* value = value_of(name);
  return value == nullptr ? otherwise : signal_in(value);
}

bool Arguments::has(const char* name) const {
  for (const char* word : words_) {
    if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, name) == 0) return true;
  }
  return false;
}

}  // namespace testprog
