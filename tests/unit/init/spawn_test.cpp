// Tests the search for PROGRAM and the steps of its child before execve, on a scripted system.
#include "init/spawn.hpp"

#include <gtest/gtest.h>

#include "fake/fake_system.hpp"
#include "init/split.hpp"

namespace init {
namespace {

using Strings = std::vector<std::string>;

class SpawnTest : public testing::Test {
 protected:
  SpawnTest() {
    fake::system = {};
    fake::system.child = 42;
  }

  // Starts `name` with this environment.
  static Spawned spawn(std::string name, Strings environment) {
    std::vector<char*> variables;
    for (auto& entry : environment) variables.push_back(entry.data());
    variables.push_back(nullptr);
    return spawn_with(std::move(name), variables.data());
  }
  static Spawned spawn_with(std::string name, char** environment) {
    fake::system.calls.clear();
    char* arguments[] = {name.data(), nullptr};
    Inherited inherited;
    inherited.self = fake::system.self;
    Terminal terminal;
    return spawn_program(arguments, {inherited, terminal, environment, Placement{}});
  }

  // The files that were tried, in order.
  static Strings tried() {
    Strings files;
    for (const auto& call : fake::system.calls)
      if (call.starts_with("execve ")) files.push_back(call.substr(7));
    return files;
  }
};

TEST_F(SpawnTest, NameWithASlashIsExecutedAsItIs) {
  fake::system.execute_errors["./app"] = 0;
  EXPECT_EQ(spawn("./app", {"PATH=/bin"}).process, 42);
  EXPECT_EQ(tried(), Strings{"./app"});
}

TEST_F(SpawnTest, ChildLeadsItsGroupBeforeItExecutes) {
  spawn("/app", {});
  EXPECT_EQ(fake::system.calls, (Strings{"setpgid", "execve /app"}));
}

TEST_F(SpawnTest, EveryEntryOfPathIsTried) {
  const std::pair<std::string, Strings> cases[] = {
      {"PATH=/a:/b/c", {"/a/app", "/b/c/app"}},
      {"PATH=:/a", {"app", "/a/app"}},
      {"PATH=/a:", {"/a/app", "app"}},
      {"PATH=/a::/b", {"/a/app", "app", "/b/app"}},
      {"PATH=", {"app"}},
      {"PATH=:", {"app", "app"}},
      {"OTHER=/a", {"/usr/local/bin/app", "/bin/app", "/usr/bin/app"}},
  };
  for (const auto& [path, files] : cases) {
    const Spawned spawned = spawn("app", {path});
    EXPECT_EQ(spawned.process, 0) << path;
    EXPECT_EQ(spawned.failed, Stage::Execute) << path;
    EXPECT_EQ(spawned.error.code, ENOENT) << path;
    EXPECT_EQ(tried(), files) << path;
  }
}

TEST_F(SpawnTest, EntryThatMakesTooLongAPathIsSkipped) {
  // With "/app" and its NUL a directory of 4,091 bytes fills the kernel's 4,096.
  const std::string longest(4091, 'x'), too_long(4092, 'y');
  spawn("app", {"PATH=" + too_long + ":" + longest + ":/b"});
  EXPECT_EQ(tried(), (Strings{longest + "/app", "/b/app"}));
  EXPECT_EQ(spawn("app", {"PATH=" + too_long}).error.code, ENOENT);
}

TEST_F(SpawnTest, FirstFileThatCanBeExecutedEndsTheSearch) {
  fake::system.execute_errors = {{"/a/app", EACCES}, {"/b/app", ENOTDIR}, {"/c/app", 0}};
  EXPECT_EQ(spawn("app", {"PATH=/a:/b:/c:/d"}).process, 42);
  EXPECT_EQ(tried(), (Strings{"/a/app", "/b/app", "/c/app"}));
}

TEST_F(SpawnTest, ForbiddenFileCountsMoreThanMissingOnes) {
  fake::system.execute_errors = {{"/a/app", EACCES}};
  EXPECT_EQ(spawn("app", {"PATH=/a:/b"}).error.code, EACCES);
}

TEST_F(SpawnTest, OtherErrorsEndTheSearch) {
  fake::system.execute_errors = {{"/a/app", ENOEXEC}};
  EXPECT_EQ(spawn("app", {"PATH=/a:/b"}).error.code, ENOEXEC);
  EXPECT_EQ(tried(), Strings{"/a/app"});
}

TEST_F(SpawnTest, EmptyNameIsNotFound) {
  EXPECT_EQ(spawn("", {"PATH=/a"}).error.code, ENOENT);
  EXPECT_EQ(tried(), Strings{});
}

TEST_F(SpawnTest, FailedVforkIsReportedAsSuch) {
  fake::system.spawn_error = EAGAIN;
  const Spawned spawned = spawn("/app", {});
  EXPECT_EQ(spawned.process, 0);
  EXPECT_EQ(spawned.failed, Stage::Spawn);
  EXPECT_EQ(spawned.error.code, EAGAIN);
}

TEST_F(SpawnTest, ListenPidNamesProgramIfItNamedInit) {
  spawn("/app", {"LISTEN_PID=1", "LISTEN_FDS=2"});
  EXPECT_EQ(fake::system.executed_environment, (Strings{"LISTEN_PID=42", "LISTEN_FDS=2"}));
  for (const std::string other : {"LISTEN_PID=12", "LISTEN_PID=", "LISTEN_PID=1x"}) {
    spawn("/app", {other});
    EXPECT_EQ(fake::system.executed_environment, Strings{other});
  }
}

TEST_F(SpawnTest, WatchdogPidIsRewrittenByItself) {
  spawn("/app", {"WATCHDOG_PID=1", "LISTEN_PID=12", "LISTEN_PIDFDID=5"});
  EXPECT_EQ(fake::system.executed_environment,
            (Strings{"WATCHDOG_PID=42", "LISTEN_PID=12", "LISTEN_PIDFDID=5"}));
}

TEST_F(SpawnTest, ListenPidfdidIsDroppedIfListenPidNamesInit) {
  spawn("/app", {"A=b", "LISTEN_PIDFDID=5", "LISTEN_PID=1", "C=d"});
  EXPECT_EQ(fake::system.executed_environment, (Strings{"A=b", "LISTEN_PID=42", "C=d"}));
}

TEST_F(SpawnTest, EachProgramOfTogetherSeesItsOwnPid) {
  char listen[] = "LISTEN_PID=1", watchdog[] = "WATCHDOG_PID=1";
  char* environment[] = {listen, watchdog, nullptr};
  for (int program = 42; program < 44; ++program) {
    fake::system.child = program;
    const std::string pid = std::to_string(program);
    spawn_with("/app", environment);
    EXPECT_EQ(fake::system.executed_environment, (Strings{"LISTEN_PID=" + pid, "WATCHDOG_PID=" + pid}));
    EXPECT_EQ(environment[0], listen);
    EXPECT_EQ(environment[1], watchdog);
  }
}

TEST(Split, CountsProgramsAndRefusesEmptyOnes) {
  struct Case {
    Strings operands;
    const char* separator;
    int programs;
  };
  for (const Case& given : {Case{{}, "", 0},
                            {{"a", "::", "b"}, "", 1},
                            {{"a", "x"}, "::", 1},
                            {{"a", "::", "b"}, "::", 2},
                            {{"a", ":::", "b", "::", "c", "d"}, "::", 2},
                            {{"a", "::"}, "::", 0},
                            {{"::", "a"}, "::", 0},
                            {{"a", "::", "::", "b"}, "::", 0}}) {
    Strings texts = given.operands;
    std::vector<char*> operands;
    for (auto& text : texts) operands.push_back(text.data());
    operands.push_back(nullptr);
    EXPECT_EQ(split_programs(operands.data(), given.separator), given.programs)
        << testing::PrintToString(given.operands);
  }
}

TEST(Split, EndsEachArgumentListWithNull) {
  char a[] = "a", separator[] = ",", b[] = "b";
  char* operands[] = {a, separator, b, nullptr};
  EXPECT_EQ(split_programs(operands, ","), 2);
  EXPECT_EQ(operands[1], nullptr);
  EXPECT_EQ(operands[2], b);
}

}  // namespace
}  // namespace init
