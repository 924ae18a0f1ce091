// Tests Supervisor under init: its programs are stopped in its order, and it sees no orphan of theirs.
#include <gtest/gtest.h>
#include <signal.h>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;

// One program leaves an orphan, which ends when its standard input does.
constexpr std::string_view configuration = R"(
[supervisord]
nodaemon=true
logfile=/dev/stdout
logfile_maxbytes=0
pidfile=%(here)s/pid

[program:first]
command=bash -c "(cat %(here)s/orphan > /dev/null &); trap 'echo first stopped; exit' TERM; echo first is ready; sleep 1000 & wait"
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
priority=1

[program:second]
command=bash -c "trap 'echo second stopped; exit' TERM; echo second is ready; sleep 1000 & wait"
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
priority=2
)";

class Supervisor : public testing::Test {
 protected:
  Supervisor() {
    harness::write_file(directory_ / "supervisord.conf", configuration);
    EXPECT_EQ(harness::run({"mkfifo", orphans_input()}).status, 0);
  }

  Words command() const { return {installed("supervisord"), "-c", directory_ / "supervisord.conf"}; }

  // Ends the orphan, and then the container. The whole log is the result.
  harness::Outcome end_orphan_and_stop(Container& container, pid_t adopter) const {
    // Supervisor names a program in its own log before that program has set its trap.
    harness::eventually("both programs are ready", [&] {
      const std::string& out = container.init().out();
      return out.contains("first is ready") && out.contains("second is ready");
    });
    harness::eventually("the orphan has been adopted", [&] { return orphan_of(adopter) != 0; });
    const pid_t orphan = orphan_of(adopter);
    harness::write_file(orphans_input(), "\n");
    harness::eventually("the orphan has been reaped", [&] { return harness::state_of(orphan) == '\0'; });
    container.init().send(SIGTERM);
    return container.wait();
  }

 private:
  static pid_t orphan_of(pid_t adopter) {
    for (const pid_t pid : harness::children_of(adopter)) {
      if (harness::name_of(pid) == "cat") return pid;
    }
    return 0;
  }
  std::string orphans_input() const { return directory_ / "orphan"; }

  harness::TemporaryDirectory directory_;
};

TEST_F(Supervisor, StopsItsProgramsAndSeesNoOrphan) {
  Container container = under_init({}, command());
  const harness::Outcome outcome = end_orphan_and_stop(container, container.pid());
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const std::size_t second = outcome.out.find("second stopped");
  EXPECT_LT(second, outcome.out.find("first stopped")) << outcome.out;
  EXPECT_NE(second, std::string::npos) << outcome.out;
  EXPECT_FALSE(outcome.out.contains("reaped unknown pid")) << outcome.out;
}

// Negative control: as PID 1 it adopts the orphan and complains about it.
TEST_F(Supervisor, ComplainsAboutOrphansAsPid1) {
  Container container{command(), secluded()};
  const harness::Outcome outcome = end_orphan_and_stop(container, container.pid());
  EXPECT_TRUE(outcome.out.contains("reaped unknown pid")) << outcome.out;
}

}  // namespace
}  // namespace programs
