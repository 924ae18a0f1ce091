// Whole runs of a program, timed from before its creation to after its end.
#pragma once

#include <sched.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

using Words = std::vector<std::string>;

// The median of the runs, and the quartiles around it. A count has the same value in all three.
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
  long faults;  // page faults without input, of the process and of the children it waited for
};

// Runs it with /dev/null as its streams and only PATH in its environment. Throws if it does not end with
// status 0.
Run run_once(const Words& command);

// While it exists, everything that this thread starts runs on one processor: the measurement is then only
// work, without the time that another processor takes to wake up, which is long in a virtual machine.
class OnOneProcessor {
 public:
  OnOneProcessor();
  OnOneProcessor(const OnOneProcessor&) = delete;
  ~OnOneProcessor();

 private:
  cpu_set_t before_;
};

// Runs one of each in turn, so that a disturbance of the machine affects all of them. In microseconds.
std::vector<Summary> interleaved(int rounds, const std::vector<Words>& commands);

}  // namespace bench
