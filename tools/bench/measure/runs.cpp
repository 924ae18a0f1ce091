#include "runs.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <stdexcept>

#include "harness/descriptor.hpp"

namespace bench {
namespace {

// If the quantile lies between two runs, the value is interpolated.
double part_of(const std::vector<double>& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

class Streams {
 public:
  Streams() : null_{harness::open_file("/dev/null", O_RDWR | O_CLOEXEC)} {
    posix_spawn_file_actions_init(&actions_);
    for (int stream = 0; stream < 3; ++stream) {
      posix_spawn_file_actions_adddup2(&actions_, null_.get(), stream);
    }
  }
  Streams(const Streams&) = delete;
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  harness::Descriptor null_;
  posix_spawn_file_actions_t actions_;
};

}  // namespace

Summary summary_of(std::vector<double> values) {
  if (values.empty()) throw std::runtime_error("nothing was measured");
  std::ranges::sort(values);
  return {part_of(values, 0.5), part_of(values, 0.25), part_of(values, 0.75)};
}

std::int64_t nanoseconds_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

double microseconds_since(std::int64_t start) {
  return static_cast<double>(nanoseconds_now() - start) / 1000;
}

Run run_once(const Words& command) {
  static const Streams streams;
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  char path[] = "PATH=/usr/bin:/bin";
  char* environment[] = {path, nullptr};

  const std::int64_t start = nanoseconds_now();
  pid_t pid = 0;
  if (posix_spawn(&pid, words[0], streams.actions(), nullptr, words.data(), environment) != 0) {
    throw std::runtime_error("cannot run " + command[0]);
  }
  int status = 0;
  rusage usage{};
  harness::checked(wait4(pid, &status, 0, &usage), "wait4");
  const double taken = microseconds_since(start);
  if (status != 0) throw std::runtime_error(command[0] + " ended with wait status " + std::to_string(status));
  return {taken, usage.ru_minflt};
}

OnOneProcessor::OnOneProcessor() {
  harness::checked(::sched_getaffinity(0, sizeof before_, &before_), "sched_getaffinity");
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t processor = 0; CPU_COUNT(&one) == 0; ++processor)
    if (CPU_ISSET(processor, &before_)) CPU_SET(processor, &one);
  harness::checked(::sched_setaffinity(0, sizeof one, &one), "sched_setaffinity");
}

OnOneProcessor::~OnOneProcessor() { ::sched_setaffinity(0, sizeof before_, &before_); }

std::vector<Summary> interleaved(int rounds, const std::vector<Words>& commands) {
  for (const Words& command : commands) run_once(command);  // into the page cache
  std::vector<std::vector<double>> taken(commands.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t which = 0; which < commands.size(); ++which) {
      taken[which].push_back(run_once(commands[which]).microseconds);
    }
  }
  std::vector<Summary> summaries;
  for (std::vector<double>& values : taken) summaries.push_back(summary_of(std::move(values)));
  return summaries;
}

}  // namespace bench
