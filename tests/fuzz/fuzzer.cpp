// The entry point for libFuzzer.
#include <cstdio>
#include <cstdlib>

#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Violation violation = fuzz::check({reinterpret_cast<const char*>(data), size});
  if (violation.empty()) return 0;
  std::fprintf(stderr, "violated: %s\n", violation.c_str());
  std::abort();
}
