// Decides by memory that nobody wrote: valgrind has to say so.
#include <memory>

int main() {
  const auto number = std::make_unique_for_overwrite<int>();
  return *number == 7 ? 1 : 0;
}
