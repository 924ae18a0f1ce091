#include "harness/measure/yardstick.hpp"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <stdexcept>
#include <string>

#include "harness/deadline.hpp"
#include "harness/programs.hpp"

namespace harness {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

// The time that a start takes on a quiet machine, rounded up generously. A slower start scales every limit.
constexpr Milliseconds quiet_start{3.0};
constexpr int samples = 5;
constexpr double highest = 200;

// The test program, or true(1) if there is none.
std::string measured_program() {
  try {
    return testprog();
  } catch (const std::exception&) {
    return "/bin/true";
  }
}

Milliseconds measure_start(const std::string& program) {
  std::string words[] = {program, "exit", "0"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  const auto begin = Clock::now();
  pid_t child = 0;
  if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0) return quiet_start;
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return Clock::now() - begin;
}

double thread_time() {  // in milliseconds
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Returns the time that work takes, in multiples of the processor time that it needs. A scheduler lets a
// program that has just started go first, and shows its load only to one that keeps the processor for some
// time.
double measure_wait_for_processor() {
  constexpr double work = 10;  // milliseconds
  const auto begin = Clock::now();
  const double before = thread_time();
  while (thread_time() - before < work) {
  }
  return Milliseconds{Clock::now() - begin}.count() / work;
}

double measure_slowness() {
  const std::string program = measured_program();
  Milliseconds slowest{0};
  for (int i = 0; i < samples; ++i) slowest = std::max(slowest, measure_start(program));
  return std::clamp(std::max(slowest / quiet_start, measure_wait_for_processor()), 1.0, highest);
}

}  // namespace

double slowness() {
  static std::mutex mutex;
  static Clock::time_point measured;
  static double result = 0;
  const std::lock_guard lock{mutex};
  if (result == 0 || Clock::now() - measured > std::chrono::seconds{1}) {
    result = measure_slowness();
    measured = Clock::now();
  }
  return result;
}

std::chrono::milliseconds allowance(std::chrono::milliseconds quiet) {
  return std::chrono::ceil<std::chrono::milliseconds>(quiet * slowness());
}

Limit::Limit(std::chrono::milliseconds quiet) : time_{allowance(quiet)} {
  if (time_ >= std::chrono::seconds{1}) time_ = std::chrono::ceil<std::chrono::seconds>(time_);
}

std::string Limit::text() const {
  if (time_ < std::chrono::seconds{1}) return std::to_string(time_.count()) + "ms";
  return std::to_string(time_ / std::chrono::seconds{1}) + "s";
}

}  // namespace harness
