// Tests Apache under init on a terminal: for Apache, SIGWINCH means a graceful stop, and a terminal sends it
// whenever its window is resized.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ioctl.h>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "harness/terminal.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::Terminal;

class Apache : public testing::Test {
 protected:
  // Starts it as docker run -t does.
  Container start(const Words& options) {
    const std::string at = directory_.path();
    const std::string modules = "/usr/lib/apache2/modules/mod_";
    harness::write_file(directory_ / "apache.conf",
                        "LoadModule mpm_event_module " + modules +
                            "mpm_event.so\nLoadModule authz_core_module " + modules +
                            "authz_core.so\nServerName localhost\nListen 127.0.0.1:8080\nPidFile " + at +
                            "/pid\nDefaultRuntimeDir " + at + "\nErrorLog /dev/stdout\nStartServers 1\n");
    Words words{harness::shipped("init")};
    words.insert(words.end(), options.begin(), options.end());
    for (const std::string& word : {std::string{"--"}, installed("apache2"), std::string{"-d"}, at,
                                    std::string{"-f"}, at + "/apache.conf", std::string{"-DFOREGROUND"}})
      words.push_back(word);
    Container container = terminal_.start_container(words, secluded());
    terminal_.expect("resuming normal operations");
    return container;
  }

  void resize_window() const {
    const winsize size{50, 132, 0, 0};
    ASSERT_EQ(::ioctl(terminal_.program_end(), TIOCSWINSZ, &size), 0);
  }

  Terminal terminal_;

 private:
  harness::TemporaryDirectory directory_;
};

TEST_F(Apache, ResizedTerminalDoesNotStopItInItsOwnSession) {
  Container container = start({"--session"});
  resize_window();
  harness::eventually("init has taken the signal", [&] {
    return harness::signal_set(container.pid(), "ShdPnd") == 0 && harness::state_of(container.pid()) == 'S';
  });
  // The restart shows that Apache still runs and has seen every signal before.
  container.init().send(SIGUSR1);
  const std::string log = terminal_.expect("resuming normal operations");
  EXPECT_TRUE(log.contains("SIGUSR1 received.  Doing graceful restart")) << log;
  EXPECT_FALSE(log.contains("SIGWINCH")) << log;
  container.init().send(SIGTERM);
  terminal_.expect("caught SIGTERM, shutting down");
  EXPECT_EQ(container.wait().status, 0);
}

// Negative control: in the terminal's session it takes the resized window for a request to stop.
TEST_F(Apache, ResizedTerminalStopsItInTheTerminalsSession) {
  Container container = start({});
  resize_window();
  terminal_.expect("caught SIGWINCH, shutting down gracefully");
  EXPECT_EQ(container.wait().status, 0);
}

}  // namespace
}  // namespace programs
