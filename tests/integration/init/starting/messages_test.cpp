// Tests init's messages, and that writing them can neither block nor end it.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <regex>

#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "integration/streams.hpp"
#include "supervised.hpp"
#include "traced.hpp"

namespace init_test {
namespace {

using harness::testprog;
using harness::operator/;

class Messages : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Messages);

std::string without_numbers(const std::string& text) {
  return std::regex_replace(text, std::regex{"PID \\d+"}, "PID N");
}

TEST_P(Messages, VerboseReportsStartSignalsAndExit) {
  Supervised init{GetParam(),
                  {"-v", "-r", "HUP:USR1", "--stop-delay=10ms", "--", testprog(), "signals", "--until=TERM"}};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  init->wait_for_line("signal 10 ");
  init->send(37);
  init->wait_for_line("signal 37 ");
  init->send(SIGTERM);
  EXPECT_EQ(without_numbers(init.wait().err), "init: started " + testprog() +
                                                  " (PID N)\n"
                                                  "init: forwarding SIGHUP as SIGUSR1\n"
                                                  "init: forwarding SIGRTMIN+3\n"
                                                  "init: holding SIGTERM\n"
                                                  "init: forwarding SIGTERM\n"
                                                  "init: PID N exited with status 0\n"
                                                  "init: exiting with status 0\n");
}

TEST_P(Messages, VerboseTwiceReportsReapedProcessesToo) {
  const Words orphans{"--", testprog(), "orphans", "1", "--leave=0"};
  for (const bool twice : {false, true}) {
    Words arguments{twice ? "-vv" : "-v"};
    arguments.insert(arguments.end(), orphans.begin(), orphans.end());
    Supervised init{GetParam(), arguments};
    EXPECT_EQ(init.wait().err.contains("init: reaped: testprog (PID "), twice);
  }
}

TEST_P(Messages, NeverGoToStandardOutput) {
  const Outcome outcome = outcome_of(GetParam(), {"-vvvw", "--", testprog(), "kill", "TERM"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.contains("was killed by SIGTERM\n")) << outcome.err;
  EXPECT_EQ(outcome_of(GetParam(), {"--nope"}).out, "");
}

TEST_P(Messages, EscapeControlBytes) {
  const std::string nasty = "/a\nb\x1b[31m\x7f\xff/c";
  EXPECT_EQ(outcome_of(GetParam(), {"--", nasty}).err,
            "init: cannot execute /a\\x0ab\\x1b[31m\\x7f\\xff/c: No such file or directory\n");
  EXPECT_EQ(outcome_of(GetParam(), {"--grace=1\n2", "x"}).err, "init: --grace: invalid duration '1\\x0a2'\n");
  EXPECT_EQ(outcome_of(GetParam(), {"--a\tb", "x"}).err, "init: --a\\x09b: unknown option\n");
}

TEST_P(Messages, EscapeProcessNamesToo) {
  const harness::TemporaryDirectory directory;
  const std::string copy = directory / "a\nb) Z";
  harness::install_program(testprog(), copy);
  Supervised init{GetParam(), {"--grace=50ms", "--", copy, "ignore", "TERM"}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  EXPECT_EQ(without_numbers(init.wait().err),
            "init: killing a\\x0ab) Z (PID N), which did not stop in time\n");
}

TEST_P(Messages, AreOneLineEvenForLongArguments) {
  const Outcome outcome = outcome_of(GetParam(), {"--", "/" + std::string(3000, 'n')});
  EXPECT_EQ(outcome.status, 126);
  EXPECT_EQ(lines_of(outcome.err).size(), 1U);
  EXPECT_TRUE(outcome.err.ends_with("nnn...: File name too long\n")) << outcome.err;
}

TEST_P(Messages, NeitherBlockNorEndInitNorSignalProgram) {
  for (const integration::Stream& stream : integration::useless_streams()) {
    const harness::Descriptor error = stream.open();
    harness::Options options;
    options.error_descriptor = error.get();
    Supervised init{GetParam(), {"-vw", "--all", "--", testprog(), "signals", "--until=TERM"}, options};
    init->wait_for_line("ready");
    for (int count = 0; count < 3; ++count) {
      init->send(SIGHUP);
      EXPECT_TRUE(init->read_line().starts_with("signal 1 ")) << stream.name;
    }
    init->send(SIGTERM);
    EXPECT_TRUE(init->read_line().starts_with("signal 15 ")) << stream.name;
    EXPECT_EQ(init.wait().status, 0) << stream.name;
  }
}

// Since Linux 6.5; an older kernel cannot be asked to write to a pipe only if there is room.
bool kernel_writes_to_pipes_without_waiting() {
  const harness::Pipe pipe = harness::make_pipe();
  char byte = 'x';
  const iovec text{&byte, 1};
  return ::pwritev2(pipe.write_end.get(), &text, 1, -1, RWF_NOWAIT) == 1;
}

// init has asked whether the pipe has room, and another writer fills it before init writes.
TEST_P(Messages, PipeThatFillsAtTheLastMomentDoesNotBlockInit) {
  if (!kernel_writes_to_pipes_without_waiting()) GTEST_SKIP() << "RWF_NOWAIT is not known of pipes here";
  const harness::Pipe pipe = harness::make_pipe();
  harness::Options options;
  options.error_descriptor = pipe.write_end.get();
  Supervised init{GetParam(), {"-v", "--", testprog(), "signals", "--until=TERM"}, options};
  init->wait_for_line("ready");
  {
    Traced traced{init->pid()};
    init->send(SIGHUP);
    traced.run_until([](const Call& call) { return !call.is_entry && call.number == SYS_ppoll; });
    integration::fill(pipe.write_end.get());
  }
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

// A message may have to wait, the processes need not.
TEST_P(Messages, ProcessesAreKilledBeforeTheyAreNamed) {
  Supervised init{GetParam(), {"--grace=50ms", "--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  const pid_t program = init.program();
  {
    Traced traced{init->pid()};
    init->send(SIGTERM);
    traced.run_until([](const Call& call) { return call.is_entry && call.number == SYS_ppoll; });
    harness::eventually("PROGRAM was killed", [&] { return harness::state_of(program) == 'Z'; });
  }
  EXPECT_TRUE(init.wait().err.starts_with("init: killing testprog (PID "));
}

TEST_P(Messages, FileSizeLimitDoesNotEndInit) {
  const harness::TemporaryDirectory directory;
  const harness::Descriptor file = harness::open_file(directory / "log", O_WRONLY | O_CREAT);
  harness::Options options;
  options.error_descriptor = file.get();
  options.before_exec = [] {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
  };
  Supervised init{GetParam(), {"-v", "--", testprog(), "signals", "--until=TERM"}, options};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  init->send(SIGTERM);
  EXPECT_TRUE(init->read_line().starts_with("signal 15 "));
  EXPECT_EQ(init.wait().status, 0);
}

TEST_P(Messages, UsageErrorsNeitherBlockNorEndInit) {
  for (const integration::Stream& stream : integration::useless_streams()) {
    const harness::Descriptor error = stream.open();
    harness::Options options;
    options.error_descriptor = error.get();
    EXPECT_EQ(outcome_of(GetParam(), {"--nope"}, options).status, 125) << stream.name;
    EXPECT_EQ(outcome_of(GetParam(), {"/no/such"}, options).status, 127) << stream.name;
  }
}

TEST(MessagesTraced, EachMessageIsOneWrite) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  const Words command{"strace",
                      "-qq",
                      "-o",
                      trace,
                      "-e",
                      "trace=write,writev,pwritev2",
                      harness::shipped("init"),
                      "-v",
                      "-e",
                      "7",
                      testprog(),
                      "exit",
                      "7"};
  const Outcome outcome = harness::run(command);
  EXPECT_EQ(outcome.status, 0);
  std::size_t writes = 0;
  for (const std::string& line : lines_of(harness::read_file(trace))) {
    if (line.starts_with("---")) continue;
    EXPECT_TRUE(line.starts_with("pwritev2(2, [{iov_base=\"init: ")) << line;
    ++writes;
  }
  EXPECT_EQ(writes, lines_of(outcome.err).size());
  EXPECT_EQ(writes, 3U);
}

}  // namespace
}  // namespace init_test
