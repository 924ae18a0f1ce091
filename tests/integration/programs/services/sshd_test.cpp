// Tests OpenSSH's server under init: a session that is open when the container stops can save its work.
#include <gtest/gtest.h>
#include <signal.h>

#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;

class Sshd : public testing::Test {
 protected:
  Sshd() {
    make_key("host");
    make_key("user");
    std::filesystem::rename(directory_ / "user.pub", directory_ / "authorized");
    harness::write_file(directory_ / "passwd",
                        "app:x:65532:65532::" + directory_.path().string() + ":/bin/bash\n");
  }

  Container start(const Words& options) const {
    Container container =
        under_init(options,
                   {installed("sshd"), "-D", "-e", "-f", "/dev/null", "-h", directory_ / "host", "-o",
                    "ListenAddress=127.0.0.1:2222", "-o", "PidFile=none", "-o", "StrictModes=no", "-o",
                    "AuthorizedKeysFile=" + (directory_ / "authorized").string()},
                   as_one_user());
    container.init().wait_for_line("Server listening", harness::Stream::err);
    return container;
  }

  // A session whose shell saves its work when it is asked to stop.
  harness::Process open_session(Container& container) const {
    const std::string script =
        "trap 'echo saved > " + work() + "; exit' TERM; echo open; while :; do sleep 1000 & wait; done";
    harness::Process session = container.exec(
        {installed("ssh"), "-F", "none", "-i", directory_ / "user", "-o", "StrictHostKeyChecking=no", "-o",
         "UserKnownHostsFile=/dev/null", "-p", "2222", "app@127.0.0.1", script});
    session.wait_for_line("open");
    return session;
  }

  bool saved() const { return std::filesystem::exists(work()); }

 private:
  void make_key(std::string_view name) const {
    EXPECT_EQ(
        harness::run({installed("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", directory_ / name})
            .status,
        0);
  }
  std::string work() const { return directory_ / "work"; }
  harness::ContainerOptions as_one_user() const {
    harness::ContainerOptions container = secluded();
    container.mounts = {{directory_ / "passwd", "/etc/passwd"}};
    return container;
  }

  harness::TemporaryDirectory directory_;
};

// The server ends at once, and leaves the session's processes behind.
TEST_F(Sshd, OpenSessionSavesItsWorkAtStop) {
  Container container = start({});
  harness::Process session = open_session(container);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 0);
  EXPECT_TRUE(saved());
}

// Negative control: without the drain period the session is cut off.
TEST_F(Sshd, OpenSessionIsLostWithoutDrain) {
  Container container = start({"--drain=0"});
  harness::Process session = open_session(container);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 0);
  EXPECT_FALSE(saved());
}

}  // namespace
}  // namespace programs
