// A command line or an environment in the form that main() gets: pointers, with a null pointer at the end.
#pragma once

#include <string>
#include <utility>
#include <vector>

class ArgumentList {
 public:
  explicit ArgumentList(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  ArgumentList(const ArgumentList&) = delete;

  char** data() { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};
