// The operands and options of a role: `role OPERAND... --name=VALUE --switch`, in any order.
#pragma once

#include <span>

namespace testprog {

class Arguments {
 public:
  explicit Arguments(std::span<char* const> words) : words_{words} {}

  // Returns the operand at that place, counted from 0; nullptr if there are fewer.
  const char* operand(int place) const;
  // Returns it as a number. If it is missing or not a number, prints a message and exits with 2.
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
