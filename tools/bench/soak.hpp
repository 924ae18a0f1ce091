// A container's life in minutes.
#pragma once

namespace bench {

// A million orphans, a million signals and a hundred thousand probes, ten minutes at least. Throws when one
// is lost, or when init's memory or descriptors have grown.
void soak();

}  // namespace bench
