// Supervised: the shipped init with a PROGRAM, as PID 1 or elsewhere.
//
//   Supervised run{Place::first_process, {"--group", "--", testprog(), "signals"}};
//   run->wait_for_line("ready");
//   run->send(SIGHUP);
//
// Both places are PID namespaces of their own, so a mistake in init cannot reach the machine, and nothing is
// left after the object is destroyed.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/container.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"

namespace init_test {

using harness::Outcome;
using Words = std::vector<std::string>;

enum class Place { first_process, elsewhere };
inline constexpr Place places[] = {Place::first_process, Place::elsewhere};
const char* text_of(Place place);
inline void PrintTo(Place place, std::ostream* out) { *out << text_of(place); }

class Supervised {
 public:
  Supervised(Place place, const Words& arguments, harness::Options options = {});
  // `wrapper` is a command that ends by executing the arguments that follow it: init and its arguments.
  Supervised(Place place, const Words& arguments, harness::ContainerOptions options,
             const Words& wrapper = {});

  harness::Process& init() { return init_ ? *init_ : container_->init(); }
  harness::Process* operator->() { return &init(); }
  harness::Container& container() { return *container_; }
  // Its first child, by outer PID; waits until there is one.
  pid_t program();
  // Waits until it sleeps and has no signal pending: it has done its start-up work and everything it was
  // asked to do.
  void settle();
  Outcome wait(std::chrono::milliseconds limit = harness::patience) { return init().wait(limit); }

 private:
  std::optional<harness::Container> container_;
  std::optional<harness::Process> init_;  // if it is not PID 1
};

// Waits until everything that PROGRAM started is reaped.
void expect_only_program_is_left(Supervised& init);

// Runs from start to end. An init that is not PID 1 runs on the machine itself, for a PROGRAM that leaves
// nothing behind.
Outcome outcome_of(Place place, const Words& arguments, harness::Options options = {});

// Splits a command line without quotes into arguments; $testprog and $init stand for the two programs.
Words words(std::string_view line);

std::vector<std::string> lines_of(const std::string& text);

// The report of the test program's role `state`, by its names.
using State = std::map<std::string, std::string>;
State state_from(const std::string& out);

// Runs it for each number from 0 up to `count`, several at a time. Its expectations count as usual; an
// exception is a failure.
void in_parallel(int count, const std::function<void(int)>& run, int threads = 2);

// Tests that hold in both places.
class InBothPlaces : public testing::TestWithParam<Place> {};

}  // namespace init_test

#define INSTANTIATE_IN_BOTH_PLACES(suite)                                   \
  INSTANTIATE_TEST_SUITE_P(In, suite, testing::ValuesIn(init_test::places), \
                           [](const auto& i) { return std::string{init_test::text_of(i.param)}; })
