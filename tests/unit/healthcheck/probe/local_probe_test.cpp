// Probes of files and of the processes that PID files name.
#include <errno.h>

#include "scripted.hpp"

namespace healthcheck {
namespace {

class LocalProbeTest : public Scripted {};

TEST_F(LocalProbeTest, FileIsHealthyUpToItsMaximumAge) {
  fake::network.ages["/ready"] = seconds(10);
  EXPECT_EQ(message_for("file:///ready"), "healthy: file:///ready: 10s old");
  plan.max_age = seconds(10);
  EXPECT_EQ(probe("file:///ready").health, Health::Healthy);
  fake::network.ages["/ready"] = base::Duration{seconds(10).nanoseconds + 1};
  EXPECT_EQ(probe("file:///ready").health, Health::Unhealthy) << "a nanosecond too old";
  fake::network.ages["/ready"] = seconds(10);
  plan.max_age = seconds(9);
  EXPECT_EQ(message_for("file:///ready"), "file:///ready: 10s old");
  EXPECT_EQ(message_for("file:///none"), "file:///none: No such file or directory");
}

TEST_F(LocalProbeTest, ProcessIsHealthyWhileItLives) {
  fake::network.files["/p"] = "  77 \nmore";
  EXPECT_EQ(message_for("pid:///p"), "healthy: pid:///p: process 77 runs");
  fake::network.zombies = {77};
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 77 is a zombie") << "without /proc";
  fake::network.pidfd_error = ENOSYS;
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 77 may have ended: No such file or directory");
  fake::network.files["/proc/77/stat"] = "77 (a) Z) S 1 77";
  EXPECT_EQ(probe("pid:///p").health, Health::Healthy) << "the name ends at the last parenthesis";
  fake::network.files["/proc/77/stat"] = "77 (a) Z 1 77";
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 77 is a zombie");
  std::string leaderless = "77 (a) Z 1 77 77 0 -1 4 0 0 0 0 0 0 0 0 20 0 2 0";
  fake::network.files["/proc/77/stat"] = leaderless;
  EXPECT_EQ(probe("pid:///p").health, Health::Healthy) << "another thread than the main thread is left";
  fake::network.process_errors[77] = EPERM;
  EXPECT_EQ(probe("pid:///p").health, Health::Healthy) << "another user's process";
  fake::network.process_errors[77] = ESRCH;
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 77 is gone");
  fake::network.process_errors[77] = ENOSYS;
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 77: Function not implemented");
}

TEST_F(LocalProbeTest, HealthcheckItselfIsNoService) {
  fake::network.files["/p"] = "4242";
  EXPECT_EQ(message_for("pid:///p"), "pid:///p: process 4242 is this healthcheck");
}

TEST_F(LocalProbeTest, FileWithoutPidNamesNoProcess) {
  for (const char* content : {"", "\n7", "0", "-7", "x", "2147483648", "7 8"}) {
    fake::network.files["/p"] = content;
    EXPECT_EQ(message_for("pid:///p"), "pid:///p: no PID in it") << content;
  }
  EXPECT_EQ(message_for("pid:///none"), "pid:///none: No such file or directory");
}

TEST_F(LocalProbeTest, PathWithoutRoomInTheArenaIsTooLong) {
  while (arena.size() < base::Arena::capacity - 5) arena.add('x');
  for (const char* text : {"file:///some/path", "pid:///some/path"}) {
    Target target;
    ASSERT_EQ(parse_target(text, target), nullptr);
    EXPECT_EQ(prober.probe(target, {base::Instant::never(), {}}), Health::Unhealthy);
    EXPECT_TRUE(prober.message().ends_with(": path too long")) << prober.message();
  }
}

}  // namespace
}  // namespace healthcheck
