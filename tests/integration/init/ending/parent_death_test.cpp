// Tests what init does when its parent dies.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

// A shell in a namespace with init as its child: Supervised's process is the shell.
Supervised with_parent(const Words& arguments) {
  return {Place::elsewhere, arguments, harness::ContainerOptions{}, {"sh", "-c", "\"$@\" & wait", "sh"}};
}

pid_t init_of(harness::Process& parent) {
  harness::eventually("the parent has a child", [&] { return !harness::children_of(parent.pid()).empty(); });
  return harness::children_of(parent.pid()).front();
}

TEST(ParentDeath, IsAsIfItsSignalHadArrivedAndNoMore) {
  Supervised parent = with_parent({"-p", "USR1", "--", testprog(), "signals", "--until=HUP"});
  parent->wait_for_line("ready");
  const pid_t init = init_of(parent.init());
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->read_line().starts_with("signal 10 "));
  ::kill(init, SIGHUP);
  EXPECT_TRUE(parent->read_line().starts_with("signal 1 "));
}

TEST(ParentDeath, ItsSignalIsRewrittenAsOneThatArrives) {
  Supervised parent =
      with_parent({"-p", "USR1", "-r", "USR1:QUIT", "--", testprog(), "signals", "--until=QUIT"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->read_line().starts_with("signal 3 "));
}

TEST(ParentDeath, SendsOneSignalIfItIsTheStopSignal) {
  Supervised parent = with_parent({"-p", "TERM", "--", testprog(), "signals", "--until=CONT"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 15 "));
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 18 "));
}

TEST(ParentDeath, SigkillKillsProgram) {
  Supervised parent = with_parent({"-p", "KILL", "--", testprog(), "ignore", "TERM"});
  parent->wait_for_line("ready");
  const pid_t program = harness::children_of(init_of(parent.init())).front();
  parent->send(SIGKILL);
  harness::eventually("PROGRAM was reaped", [&] { return harness::state_of(program) == '\0'; });
}

TEST(ParentDeath, GoesThroughDelayAndGrace) {
  Supervised parent = with_parent({"-p", "TERM", "--stop-delay=50ms", "--grace=50ms", "--", "sh", "-c",
                                   "trap '' TERM USR1; echo ready; while :; do sleep 1000; done"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("killing", harness::Stream::err).ends_with("which did not stop in time"));
}

TEST(ParentDeath, IsIgnoredWithoutTheOption) {
  Supervised parent = with_parent({"--", testprog(), "signals"});
  parent->wait_for_line("ready");
  const pid_t init = init_of(parent.init());
  parent->send(SIGKILL);
  harness::eventually("init has another parent",
                      [&] { return harness::parent_of(init) == parent.container().pid(); });
  ::kill(init, SIGHUP);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 1 "));
}

TEST(ParentDeath, EndsPause) {
  Supervised parent = with_parent({"--pause", "-p", "TERM"});
  const pid_t init = init_of(parent.init());
  harness::eventually("init waits",
                      [&] { return harness::name_of(init) == "init" && harness::state_of(init) == 'S'; });
  parent->send(SIGKILL);
  harness::eventually("init has ended", [&] {
    const char state = harness::state_of(init);
    return state == '\0' || state == 'Z';
  });
}

TEST(ParentDeath, IsSeenFromInsideTheNamespaceOfPid1) {
  Supervised parent{Place::elsewhere,
                    {"-p", "USR1", "--", testprog(), "signals", "--until=USR1"},
                    harness::ContainerOptions{},
                    {"unshare", "--user", "--map-root-user", "--fork", "--pid", "--mount-proc"}};
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 10 "));
  parent->wait_for_end_of_output();
}

// A process that is stopped at the entry of a call is shown with that call's number.
bool is_in(pid_t pid, long call) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/syscall"};
  long number = -1;
  return file >> number && number == call;
}

TEST(ParentDeath, IsNoticedIfParentDiesBeforeInitAsksForSignal) {
  harness::ContainerOptions options;
  options.process.input = harness::Input::pipe;
  // PROGRAM inherits the mask, so a signal that comes before it listens stays pending.
  options.process.before_exec = [] {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
  };
  Supervised parent{Place::elsewhere,
                    {"-p", "USR1", "--", testprog(), "signals", "--until=USR1"},
                    options,
                    {"sh", "-c", "read line; \"$@\" & wait", "sh"}};
  harness::Process strace{{"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=prctl", "-e",
                           "inject=prctl:delay_enter=300000", "-p", std::to_string(parent->pid())}};
  harness::eventually("it is traced",
                      [&] { return harness::status_field(parent->pid(), "TracerPid") != "0"; });
  parent->type("\n");
  const pid_t init = init_of(parent.init());
  harness::eventually("init is about to ask", [&] { return is_in(init, SYS_prctl); });
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 10 "));
}

}  // namespace
}  // namespace init_test
