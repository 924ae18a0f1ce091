// Standard errors that are of no use, and of harm to a careless writer.
#pragma once

#include <functional>
#include <vector>

#include "harness/descriptor.hpp"

namespace integration {

struct Stream {
  const char* name;
  // What it needs to stay as it is lives as long as the tests.
  std::function<harness::Descriptor()> open;
};

// A full pipe, a broken one, a full device, one that is only read from, a terminal whose output is held.
const std::vector<Stream>& useless_streams();

}  // namespace integration
