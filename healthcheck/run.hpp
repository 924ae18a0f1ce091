// The whole program but main(): options, targets, attempts, the report.
#pragma once

namespace healthcheck {

// Returns the exit status: 0 if every target is healthy, else 1.
int run(char** arguments, char** environment);

}  // namespace healthcheck
