// Tests every exit status: PROGRAM's own, those of signals, mapped ones, and 125 to 127.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <set>

#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::TemporaryDirectory;
using harness::testprog;
using harness::operator/;

class ExitStatus : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(ExitStatus);

TEST_P(ExitStatus, IsThatOfProgram) {
  in_parallel(256, [&](int status) {
    const Outcome outcome = outcome_of(GetParam(), {"--", testprog(), "exit", std::to_string(status)});
    EXPECT_EQ(outcome.status, status);
    EXPECT_EQ(outcome.out + outcome.err, "");
  });
}

// The map mirrors the statuses: each is mapped to a different one.
std::string mirrored_statuses() {
  std::string map;
  for (int status = 0; status < 256; ++status)
    map += (status > 0 ? "," : "") + std::to_string(status) + "=" + std::to_string(255 - status);
  return map;
}

TEST_P(ExitStatus, EveryStatusCanBeMapped) {
  const std::string map = "--exit-map=" + mirrored_statuses();
  in_parallel(256, [&](int status) {
    EXPECT_EQ(outcome_of(GetParam(), {map, testprog(), "exit", std::to_string(status)}).status, 255 - status);
  });
}

TEST_P(ExitStatus, IsZeroIfMapNamesNoNewStatus) {
  in_parallel(256, [&](int status) {
    const std::string code = std::to_string(status);
    EXPECT_EQ(outcome_of(GetParam(), {"-e", code, testprog(), "exit", code}).status, 0);
  });
}

TEST_P(ExitStatus, IsMappedOnlyIfMapNamesIt) {
  for (int status : {0, 1, 2, 4, 142, 144, 255}) {
    const Words command{"-e", "143", "-e", "3=9", testprog(), "exit", std::to_string(status)};
    EXPECT_EQ(outcome_of(GetParam(), command).status, status);
  }
}

TEST_P(ExitStatus, Is128PlusSignal) {
  const std::set<int> harmless{SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH};
  // The machine may write a core dump: the bit that says so is not part of the status.
  const TemporaryDirectory directory;
  harness::Options options;
  options.directory = directory.path();
  options.before_exec = [] {
    const rlimit no_limit{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_CORE, &no_limit);
  };
  in_parallel(65, [&](int signal) {
    if (signal == 0 || harmless.contains(signal)) return;
    const Words command{"--", testprog(), "kill", std::to_string(signal)};
    EXPECT_EQ(outcome_of(GetParam(), command, options).status, 128 + signal) << signal;
  });
}

TEST_P(ExitStatus, OfSignalIsMappedToo) {
  EXPECT_EQ(outcome_of(GetParam(), {"-e", "143=5", testprog(), "kill", "TERM"}).status, 5);
}

TEST_P(ExitStatus, IsProgramsEvenIfOthersEndBeforeAndAfterIt) {
  const std::string script = "(exit 3) & (sleep 0.01; exit 4) & wait -n; exit 7";
  EXPECT_EQ(outcome_of(GetParam(), {"--", "bash", "-c", script}).status, 7);
}

// One program for each reason that execve(2) can fail.
class Programs {
 public:
  Programs() {
    harness::write_file(plain(), "no program");
    harness::write_file(directory_ / "format", "no program");
    harness::write_file(directory_ / "script", "#!/no/such/interpreter\n");
    for (const char* name : {"format", "script"})
      std::filesystem::permissions(directory_ / name, std::filesystem::perms{0755});
    std::filesystem::create_symlink("loop", directory_ / "loop");
  }
  std::string path(const std::string& name) const { return directory_ / name; }
  std::string plain() const { return directory_ / "plain"; }
  std::string directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
};

struct Refused {
  std::string program;
  int status;
  std::string reason;
};

void expect_refused(Place place, const Refused& want, const harness::Options& options = {}) {
  const Outcome outcome = outcome_of(place, {"--", want.program, "argument"}, options);
  EXPECT_EQ(outcome.status, want.status) << want.program;
  EXPECT_EQ(outcome.err, "init: cannot execute " + want.program + ": " + want.reason + "\n");
  EXPECT_EQ(outcome.out, "");
}

TEST_P(ExitStatus, Is126IfProgramCannotBeExecuted) {
  const Programs programs;
  const Refused refused[] = {
      {programs.plain(), 126, "Permission denied"},
      {programs.directory(), 126, "Permission denied"},
      {programs.path("format"), 126, "Exec format error"},
      {programs.plain() + "/program", 126, "Not a directory"},
      {programs.path("loop"), 126, "Too many levels of symbolic links"},
  };
  for (const Refused& want : refused) expect_refused(GetParam(), want);
}

TEST_P(ExitStatus, Is127IfProgramIsNotFound) {
  const Programs programs;
  const Refused refused[] = {
      {"/no/such/program", 127, "No such file or directory"},
      {"./program", 127, "No such file or directory"},
      {"no-such-program", 127, "No such file or directory"},
      {programs.path("script"), 127, "No such file or directory"},
  };
  for (const Refused& want : refused) expect_refused(GetParam(), want);
}

TEST_P(ExitStatus, PathSearchContinuesAfterUnusableEntries) {
  const Programs programs;
  harness::Options options;
  options.environment = {"PATH=/no/such/directory:" + programs.plain() + ":" + programs.directory()};
  expect_refused(GetParam(), {"plain", 126, "Permission denied"}, options);
  expect_refused(GetParam(), {"missing", 127, "No such file or directory"}, options);
  options.environment = {"PATH=" + programs.directory() + ":/bin:/usr/bin"};
  harness::write_file(programs.path("true"), "not executable, so the next directory has its turn");
  EXPECT_EQ(outcome_of(GetParam(), {"--", "true"}, options).status, 0);
}

TEST_P(ExitStatus, EmptyEntryOfPathIsTheWorkingDirectory) {
  const TemporaryDirectory directory;
  harness::install_program(testprog(), directory / "only-here");
  for (const char* path : {"", ":", "/none:", ":/none", "/none::/none"}) {
    const Words wrapper{"sh", "-c", "cd \"$0\" && PATH=$1 && shift && export PATH && exec \"$@\"",
                        directory.path().string(), path};
    Supervised init{GetParam(), {"--", "only-here", "exit", "7"}, harness::ContainerOptions{}, wrapper};
    EXPECT_EQ(init.wait().status, 7) << path;
  }
}

TEST_P(ExitStatus, EntryThatMakesTooLongAPathIsSkipped) {
  const TemporaryDirectory directory;
  harness::install_program(testprog(), directory / "only-here");
  for (const int length : {498, 500, 4090, 4092, 10000}) {
    std::string entry;
    for (int half = 0; half < length / 2; ++half) entry += "/x";
    harness::Options options;
    options.environment = {"PATH=" + entry + ":" + directory.path().string()};
    EXPECT_EQ(outcome_of(GetParam(), {"--", "only-here", "exit", "7"}, options).status, 7) << length;
  }
  // One directory's name alone is too long for a file system, which allows 255 bytes.
  harness::Options options;
  options.environment = {"PATH=/" + std::string(256, 'x') + ":" + directory.path().string()};
  EXPECT_EQ(outcome_of(GetParam(), {"--", "only-here", "exit", "7"}, options).status, 7);
}

TEST(NotStarted, Is126IfProgramIsOpenForWriting) {
  const TemporaryDirectory directory;
  const std::string copy = directory / "program";
  harness::install_program(testprog(), copy);
  const harness::Descriptor writer = harness::open_file(copy, O_WRONLY);
  expect_refused(Place::first_process, {copy, 126, "Text file busy"});
}

TEST(NotStarted, Is127IfLoaderOfProgramIsMissing) {
  const TemporaryDirectory root;
  harness::install_program(harness::shipped("init"), root / "init");
  harness::install_program("/bin/true", root / "true");
  const Outcome outcome = harness::run_as_init({"/init", "/true"}, {.root = root.path(), .proc = false});
  EXPECT_EQ(outcome.status, 127);
  EXPECT_EQ(outcome.err, "init: cannot execute /true: No such file or directory\n");
}

TEST_P(ExitStatus, Is125OnUsageError) {
  const char* wrong[] = {"",
                         "--",
                         "-v",
                         "--no-such-option true",
                         "-Z true",
                         "--pause true",
                         "--grace",
                         "--together -- :: true",
                         "--together -- true ::",
                         "--together -- true :: :: true"};
  for (const char* line : wrong) {
    const Outcome outcome = outcome_of(GetParam(), words(line));
    EXPECT_EQ(outcome.status, 125) << line;
    EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
    EXPECT_TRUE(outcome.err.starts_with("init: ")) << outcome.err;
  }
}

TEST_P(ExitStatus, Is125IfInitItselfFails) {
  harness::Options options;
  options.before_exec = [] {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_NPROC, &none);
  };
  harness::ContainerOptions container;
  container.users = harness::Users::host;  // the limit does not apply to the machine's root
  container.process = options;
  const Outcome outcome = Supervised{GetParam(), {"--", "true"}, container}.wait();
  EXPECT_EQ(outcome.status, 125);
  EXPECT_EQ(outcome.err, "init: cannot start true: Resource temporarily unavailable\n");
}

}  // namespace
}  // namespace init_test
