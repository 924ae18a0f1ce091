// Tests Debian's cron under init: its jobs write into the container's log through /proc/1/fd/1, and a job
// that runs when the container stops finishes its work.
#include <gtest/gtest.h>
#include <signal.h>

#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;

class Cron {
 public:
  // The job is a shell command that cron runs as soon as it starts.
  explicit Cron(const std::string& job) {
    harness::write_file(directory_ / "crontab", "MAILTO=\"\"\n@reboot root " + job + "\n");
    harness::write_file(directory_ / "pam",
                        "auth required pam_permit.so\naccount required pam_permit.so\n"
                        "session required pam_permit.so\n");
  }

  // cron changes to the user of each job, so it has to be root. The machine's own tables stay out.
  Container start(const Words& options = {}) const {
    harness::ContainerOptions container = as_root();
    container.mounts = {{"", "/run"},
                        {"", "/etc/cron.d"},
                        {"", "/var/spool/cron"},
                        {directory_ / "crontab", "/etc/crontab"},
                        {directory_ / "pam", "/etc/pam.d/cron"}};
    return under_init(options, {installed("cron"), "-f"}, container);
  }

  std::string file(std::string_view name) const { return directory_ / name; }

 private:
  harness::TemporaryDirectory directory_;
};

// The second line would go by mail, and without a mail server nowhere.
TEST(Cron, JobWritesIntoTheContainersLogThroughProc) {
  const Cron cron{"echo from the job > /proc/1/fd/1; echo lost; echo an error > /proc/1/fd/2"};
  Container container = cron.start();
  container.init().wait_for_line("from the job");
  container.init().wait_for_line("an error", harness::Stream::err);
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 128 + SIGTERM);
  EXPECT_EQ(outcome.out, "from the job\n");
}

// cron ends at once, and leaves the job behind in a session of its own.
constexpr const char* job_with_work =
    "trap 'echo finished > /proc/1/fd/1; exit' TERM; echo started > /proc/1/fd/1; while :; do sleep 1000 & "
    "wait; done";

TEST(Cron, RunningJobFinishesItsWorkWhenTheContainerStops) {
  const Cron cron{job_with_work};
  Container container = cron.start();
  container.init().wait_for_line("started");
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 128 + SIGTERM);
  EXPECT_EQ(outcome.out, "started\nfinished\n");
}

// Negative control: without the drain period the kernel kills the job together with init.
TEST(Cron, RunningJobIsLostWithoutDrain) {
  const Cron cron{job_with_work};
  Container container = cron.start({"--drain=0"});
  container.init().wait_for_line("started");
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().out, "started\n");
}

}  // namespace
}  // namespace programs
