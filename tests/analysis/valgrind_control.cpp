// Branches on uninitialised memory: valgrind must report it.
#include <memory>

int main() {
  const auto number = std::make_unique_for_overwrite<int>();
  return *number == 7 ? 1 : 0;
}
