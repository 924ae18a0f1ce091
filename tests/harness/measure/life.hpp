// Life: a container's life in minutes: init with the test program's app as PROGRAM, hours' worth of real-time
// signals, orphans and probes, and the resources that init holds after each.
//
//   Container container{{shipped("init"), "--", testprog(), "app", "0"}};
//   Life life{container, container.init()};
//   life.pass({.signals = 1000, .orphans = 1000, .probes = 100});
//   EXPECT_EQ(life.held(), before);
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "harness/container.hpp"

namespace harness {

struct Held {
  long resident;  // kilobytes
  long written;
  std::size_t descriptors;
  bool operator==(const Held&) const = default;
};

Held held_by(pid_t pid);
std::ostream& operator<<(std::ostream& out, const Held& held);

class Life {
 public:
  struct Load {
    int signals;
    int orphans;
    int probes;
  };

  // `init` is PID 1 of the container or another process in it. Waits until PROGRAM is ready.
  Life(Container& container, Process& init);

  // Runs all of it, and waits until PROGRAM has received each of the signals. Throws if a signal is lost, or
  // a probe or an orphan fails.
  void pass(const Load& load);
  // The resources once init has reaped everything and waits.
  Held held() const;

 private:
  // Probes through healthcheck, with the container's privileges. Throws if the service is not healthy.
  void probe(const std::vector<std::string>& options, const std::string& path);

  Container& container_;
  Process& init_;
  std::string port_;
  int signals_ = 0;
};

}  // namespace harness
