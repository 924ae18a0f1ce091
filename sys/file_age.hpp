// The age of a file.
#pragma once

#include "base/duration.hpp"
#include "sys/result.hpp"

namespace sys {

// stat(2): how long ago the file was written to, to the nanosecond; negative if its time is in the future.
Result<base::Duration> age_of_file(const char* path);

}  // namespace sys
