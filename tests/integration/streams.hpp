// Standard error streams that are useless, and harmful to a careless writer.
#pragma once

#include <functional>
#include <vector>

#include "harness/descriptor.hpp"

namespace integration {

struct Stream {
  const char* name;
  // The resources that keep it in this state live as long as the tests.
  std::function<harness::Descriptor()> open;
};

// A full pipe, a broken one, a full device, a read-only descriptor, a terminal whose output is held.
const std::vector<Stream>& useless_streams();

// Writes to a pipe until it takes no more.
void fill(int descriptor);

}  // namespace integration
