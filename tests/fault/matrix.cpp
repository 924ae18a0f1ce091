#include "matrix.hpp"

#include <gtest/gtest.h>
#include <string.h>
#include <sys/syscall.h>

#include <cerrno>
#include <iostream>

#include "../integration/init/supervised.hpp"
#include "calls.hpp"

namespace fault_test {
namespace {

std::map<int, int> count_calls(const Trace& trace) {
  std::map<int, int> counts;
  for (const Trace::Made& made : trace.calls) ++counts[made.number];
  return counts;
}

// Returns all cells, except that a long row (64 signals reset to default) is cut to its ends and its middle.
std::vector<int> places_of(int count) {
  if (count > 8) return {0, 1, 2, count / 2, count - 2, count - 1};
  std::vector<int> places;
  for (int place = 0; place < count; ++place) places.push_back(place);
  return places;
}

std::vector<int> errors_of(const Call& call) {
  std::vector<int> errors(call.errors.begin(), call.errors.end());
  for (const int refused : {ENOSYS, EPERM}) {
    if (!is_listed(call, refused)) errors.push_back(refused);
  }
  return errors;
}

}  // namespace

bool cannot_fail(int number) {
#ifdef SYS_arch_prctl
  if (number == SYS_arch_prctl) return true;
#endif
  return number == SYS_exit_group;
}

std::string describe(const Fault& fault) {
  const std::string times = fault.count == 1 ? "" : fault.count == often ? " often" : " for ever";
  return name_of_call(fault.number) + " #" + std::to_string(fault.first) + ": " +
         ::strerrorname_np(fault.error) + times;
}

bool is_full_pipe(const Fault& fault) { return fault.number == SYS_pwritev2 && fault.error == EAGAIN; }

std::vector<Fault> faults_for(const Trace& trace) {
  std::vector<Fault> faults;
  for (const auto& [number, count] : count_calls(trace)) {
    const Call* call = find_call(number);
    EXPECT_NE(call, nullptr) << "the table of calls lacks the one with number " << number;
    if (call == nullptr || cannot_fail(number)) continue;
    for (const int error : errors_of(*call)) {
      for (const int place : places_of(count)) faults.push_back({number, error, place, 1});
      faults.push_back({number, error, 0, asks_again(number, error) ? often : for_ever});
    }
  }
  return faults;
}

void Size::add(const Trace& trace) {
  ++phases;
  cells += static_cast<int>(faults_for(trace).size());
}

// A cell spends most of its time waiting.
constexpr int threads = 12;

void run_matrix(const std::string& phase, const Trace& trace, const std::function<void(const Fault&)>& run) {
  const std::vector<Fault> faults = faults_for(trace);
  init_test::in_parallel(
      static_cast<int>(faults.size()),
      [&](int index) {
        const Fault& fault = faults[static_cast<std::size_t>(index)];
        SCOPED_TRACE(phase + ", " + describe(fault));
        try {
          run(fault);
        } catch (const std::exception& hang) {
          ADD_FAILURE() << hang.what();
        }
      },
      threads);
  std::cout << phase << ": " << count_calls(trace).size() << " calls, " << faults.size() << " cells\n";
  testing::Test::RecordProperty("cells", static_cast<int>(faults.size()));
}

}  // namespace fault_test
