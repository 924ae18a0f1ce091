// Whole runs of a program, timed from before its creation to after its end.
#pragma once

#include <sched.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

using Words = std::vector<std::string>;

// The middle of the runs, and the quartiles around it. A count has all three the same.
struct Summary {
  double median = 0;
  double low = 0;
  double high = 0;
};

Summary summary_of(std::vector<double> values);
inline Summary exactly(double value) { return {value, value, value}; }
double microseconds_since(std::int64_t start);
std::int64_t nanoseconds_now();  // CLOCK_MONOTONIC

struct Run {
  double microseconds;
  long faults;  // page faults without input, of it and of the children it waited for
};

// With /dev/null as its streams and an environment of PATH alone. Throws when it does not end with status 0.
Run run_once(const Words& command);

// While it lives, all that this thread starts runs on one processor: what is measured is then work alone,
// without the time that another processor, in a virtual machine at that, takes to wake up.
class OnOneProcessor {
 public:
  OnOneProcessor();
  OnOneProcessor(const OnOneProcessor&) = delete;
  ~OnOneProcessor();

 private:
  cpu_set_t before_;
};

// One of each, round after round, so that what disturbs the machine disturbs all. In microseconds.
std::vector<Summary> interleaved(int rounds, const std::vector<Words>& commands);

}  // namespace bench
