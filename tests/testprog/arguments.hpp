// The operands and options of a role: `role OPERAND... --name=VALUE --switch`, in any order.
#pragma once

#include <span>

namespace testprog {

class Arguments {
 public:
  explicit Arguments(std::span<char* const> words) : words_{words} {}

  // The operand at that place, counted from 0; nullptr when there are fewer.
  const char* operand(int place) const;
  // The same as a number. Missing or not a number: a message and exit 2.
  int number(int place) const;
  int signal(int place) const;  // by number or by name, without SIG

  int option(const char* name, int otherwise) const;         // --name=NUMBER
  int signal_option(const char* name, int otherwise) const;  // --name=SIGNAL
  bool has(const char* name) const;                          // --name

 private:
  const char* value_of(const char* name) const;

  std::span<char* const> words_;
};

}  // namespace testprog
