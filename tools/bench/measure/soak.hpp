// A container's life in minutes.
#pragma once

namespace bench {

// A million orphans, a million signals and a hundred thousand probes, for at least ten minutes. Throws if one
// is lost, or if init's memory or descriptors have grown.
void soak();

}  // namespace bench
