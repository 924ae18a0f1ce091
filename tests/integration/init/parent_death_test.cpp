// What follows from the death of init's parent.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>

#include "supervised.hpp"
#include "support/proc.hpp"

namespace init_test {
namespace {

using support::helper;

// A shell in a namespace with init as its child: Supervised's process is the shell.
Supervised with_parent(const Words& arguments) {
  return {Place::elsewhere, arguments, support::ContainerOptions{}, {"sh", "-c", "\"$@\" & wait", "sh"}};
}

pid_t init_of(support::Process& parent) {
  support::eventually("the parent has a child", [&] { return !support::children_of(parent.pid()).empty(); });
  return support::children_of(parent.pid()).front();
}

TEST(ParentDeath, SendsItsSignalAndStopsProgram) {
  Supervised parent = with_parent({"-p", "USR1", "--", helper(), "signals", "--until=TERM"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 10 "));
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 15 "));
}

TEST(ParentDeath, IsOneSignalWhereItIsTheStopSignal) {
  Supervised parent = with_parent({"-p", "TERM", "--", helper(), "signals", "--until=CONT"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 15 "));
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 18 "));
}

TEST(ParentDeath, KillKillsProgram) {
  Supervised parent = with_parent({"-p", "KILL", "--", helper(), "ignore", "TERM"});
  parent->wait_for_line("ready");
  const pid_t program = support::children_of(init_of(parent.init())).front();
  parent->send(SIGKILL);
  support::eventually("PROGRAM was reaped", [&] { return support::state_of(program) == '\0'; });
}

TEST(ParentDeath, GoesThroughDelayAndGrace) {
  Supervised parent = with_parent({"-p", "USR1", "--stop-delay=50ms", "--grace=50ms", "--", "sh", "-c",
                                   "trap '' TERM USR1; echo ready; while :; do sleep 1000; done"});
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("killing", support::Stream::err).ends_with("which did not stop in time"));
}

TEST(ParentDeath, WithoutTheOptionChangesNothing) {
  Supervised parent = with_parent({"--", helper(), "signals"});
  parent->wait_for_line("ready");
  const pid_t init = init_of(parent.init());
  parent->send(SIGKILL);
  support::eventually("init has another parent",
                      [&] { return support::parent_of(init) == parent.container().pid(); });
  ::kill(init, SIGHUP);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 1 "));
}

TEST(ParentDeath, EndsAPause) {
  Supervised parent = with_parent({"--pause", "-p", "TERM"});
  const pid_t init = init_of(parent.init());
  support::eventually("init waits",
                      [&] { return support::name_of(init) == "init" && support::state_of(init) == 'S'; });
  parent->send(SIGKILL);
  support::eventually("init has ended", [&] {
    const char state = support::state_of(init);
    return state == '\0' || state == 'Z';
  });
}

TEST(ParentDeath, OfPid1IsSeenFromInsideToo) {
  Supervised parent{Place::elsewhere,
                    {"-p", "USR1", "--", helper(), "signals", "--until=TERM"},
                    support::ContainerOptions{},
                    {"unshare", "--user", "--map-root-user", "--fork", "--pid", "--mount-proc"}};
  parent->wait_for_line("ready");
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 10 "));
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 15 "));
  parent->wait_for_end_of_output();
}

// Waiting at the entry of a call, the process is shown with that call's number.
bool is_in(pid_t pid, long call) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/syscall"};
  long number = -1;
  return file >> number && number == call;
}

TEST(ParentDeath, BeforeInitCouldAskForTheSignalIsNoticed) {
  support::ContainerOptions options;
  options.process.input = support::Input::pipe;
  // PROGRAM inherits the mask, so what comes before it listens waits for it.
  options.process.before_exec = [] {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
  };
  Supervised parent{Place::elsewhere,
                    {"-p", "USR1", "--", helper(), "signals", "--until=TERM"},
                    options,
                    {"sh", "-c", "read line; \"$@\" & wait", "sh"}};
  support::Process strace{{"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=prctl", "-e",
                           "inject=prctl:delay_enter=300000", "-p", std::to_string(parent->pid())}};
  support::eventually("it is traced",
                      [&] { return support::status_field(parent->pid(), "TracerPid") != "0"; });
  parent->type("\n");
  const pid_t init = init_of(parent.init());
  support::eventually("init is about to ask", [&] { return is_in(init, SYS_prctl); });
  parent->send(SIGKILL);
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 10 "));
  EXPECT_TRUE(parent->wait_for_line("signal").starts_with("signal 15 "));
}

}  // namespace
}  // namespace init_test
