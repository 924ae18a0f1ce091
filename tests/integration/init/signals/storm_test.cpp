// Sends a hundred thousand signals while ten thousand orphans are created and end.
#include <signal.h>

#include <array>
#include <system_error>
#include <thread>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::Clock;
using harness::testprog;

// Sends signals to init, and reads what arrives at PROGRAM: for each real-time signal the values in order.
class Storm {
 public:
  explicit Storm(Supervised& init) : init_{init} {}

  void send_realtime() {
    const std::size_t which = sent_ % realtime.size();
    init_->send(realtime.at(which), next_to_send_.at(which)++);
    ++sent_;
  }

  // The kernel merges standard signals that are pending already, so they are only counted by sender.
  void send_standard() {
    init_->send(sent_ % 2 == 0 ? SIGHUP : SIGWINCH);
    ++sent_;
  }

  // Waits until every real-time signal that was sent has arrived.
  void take() {
    while (next_to_arrive_ != next_to_send_) {
      const std::string line = init_->wait_for_line("signal");
      int signal = 0, value = -1;
      if (std::sscanf(line.c_str(), "signal %d code %*d pid %*d value %d", &signal, &value) != 2) continue;
      for (std::size_t which = 0; which < realtime.size(); ++which) {
        if (realtime.at(which) == signal) {
          ASSERT_EQ(value, next_to_arrive_.at(which)++) << line;
        }
      }
    }
  }

  std::size_t sent() const { return sent_; }

 private:
  static constexpr std::array<int, 4> realtime{32, 34, 50, 64};

  Supervised& init_;
  std::size_t sent_ = 0;
  std::array<int, 4> next_to_send_{};
  std::array<int, 4> next_to_arrive_{};
};

class Storms : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Storms);

TEST_P(Storms, LoseNothingAndLeaveNothing) {
  constexpr std::size_t signals = 100'000, burst = 500;
  const std::string script = "($0 orphans 10000 --leave=0 >/dev/null &) ; exec $0 signals";
  Supervised init{GetParam(), {"--", "sh", "-c", script, testprog()}};
  init->wait_for_line("ready");
  init.settle();
  const long before = harness::memory_of(init->pid()).resident;
  Storm storm{init};

  // First a thousand a second,
  const auto begin = Clock::now();
  for (int millisecond = 0; millisecond < 3000; ++millisecond) {
    std::this_thread::sleep_until(begin + millisecond * 1ms);
    storm.send_realtime();
    if (millisecond % 100 == 0) storm.take();
  }
  // then as fast as possible, one in ten a standard signal.
  while (storm.sent() < signals) {
    for (std::size_t count = 0; count < burst; ++count) storm.send_realtime();
    for (std::size_t count = 0; count < burst / 10; ++count) storm.send_standard();
    storm.take();
    ASSERT_FALSE(HasFatalFailure());
  }

  expect_only_program_is_left(init);
  init.settle();
  EXPECT_EQ(harness::memory_of(init->pid()).resident, before);
  EXPECT_EQ(init->err(), "");
}

}  // namespace
}  // namespace init_test
