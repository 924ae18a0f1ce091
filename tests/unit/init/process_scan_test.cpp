// Tests how init finds the processes that it is responsible for, in a scripted /proc.
#include "init/process_scan.hpp"

#include <errno.h>
#include <gtest/gtest.h>

#include "fake/fake_system.hpp"

namespace init {
namespace {

using Processes = std::vector<ProcessId>;

class ProcessScanTest : public testing::Test {
 protected:
  ProcessScanTest() { fake::system = {}; }

  // Makes a /proc of these processes, each with its parent.
  static void processes(ProcessId self, const std::vector<std::pair<ProcessId, ProcessId>>& parents) {
    fake::system.files["/proc/self/stat"] = stat(self, 'S', 0);
    for (auto [process, parent] : parents) add(process, stat(process, 'S', parent));
  }
  static void add(ProcessId process, const std::string& text) {
    fake::system.proc.push_back(process);
    fake::system.files["/proc/" + std::to_string(process) + "/stat"] = text;
  }
  static std::string stat(ProcessId process, char state, ProcessId parent, int threads = 1) {
    return std::to_string(process) + " (a (b) " + state + ") " + state + " " + std::to_string(parent) +
           " 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 " + std::to_string(threads) + " 0 0";
  }
  // The processes that are visited; nothing if the scan was not complete.
  static std::optional<Processes> visited(ProcessId self) {
    Processes found;
    const bool is_complete = for_each_process(
        self,
        [&](const sys::ProcessHandle& process, const ProcessFacts&) { found.push_back(process.process()); });
    return is_complete ? std::optional{found} : std::nullopt;
  }
};

TEST_F(ProcessScanTest, FirstProcessVisitsAllOthers) {
  processes(1, {{1, 0}, {2, 1}, {30, 2}, {4000, 0}});
  EXPECT_EQ(visited(1), (Processes{2, 30, 4000}));
  EXPECT_EQ(fake::system.calls, std::vector<std::string>{"close 8"}) << "the directory";
}

TEST_F(ProcessScanTest, ElsewhereOnlyDescendantsAreVisited) {
  processes(50, {{1, 0}, {50, 1}, {51, 50}, {52, 51}, {53, 52}, {60, 1}, {61, 60}});
  EXPECT_EQ(visited(50), (Processes{51, 52, 53}));
}

TEST_F(ProcessScanTest, ZombieIsVisitedOnlyIfOtherThreadsLive) {
  processes(1, {{1, 0}});
  add(2, stat(2, 'Z', 1));
  add(3, stat(3, 'Z', 1, 2));
  add(4, stat(4, 'X', 1));
  EXPECT_EQ(visited(1), Processes{3});
}

TEST_F(ProcessScanTest, ProcessThatEndsDuringTheScanIsPassedOver) {
  processes(1, {{1, 0}, {2, 1}, {3, 1}});
  fake::system.files.erase("/proc/2/stat");
  EXPECT_EQ(visited(1), Processes{3});
}

TEST_F(ProcessScanTest, ParentThatEndedMakesNoDescendant) {
  processes(50, {{50, 1}, {51, 50}, {53, 52}});
  EXPECT_EQ(visited(50), Processes{51}) << "PID 52 is in nobody's /proc";
}

TEST_F(ProcessScanTest, LoopOfReusedPidsEnds) {
  processes(50, {{50, 1}, {51, 52}, {52, 51}});
  EXPECT_EQ(visited(50), Processes{});
}

TEST_F(ProcessScanTest, ExhaustedResourcesMakeTheScanIncomplete) {
  for (const int error : {EMFILE, ENFILE, ENOMEM}) {
    fake::system = {};
    processes(1, {{1, 0}, {2, 1}, {3, 1}});
    fake::system.file_errors["/proc/2/stat"] = error;
    EXPECT_EQ(visited(1), std::nullopt) << error;
  }
  fake::system.file_errors["/proc/2/stat"] = ESRCH;
  EXPECT_EQ(visited(1), Processes{3});
}

TEST_F(ProcessScanTest, UnreadableTextIsNoProcess) {
  processes(1, {{1, 0}, {3, 1}});
  add(2, "2 (cut");
  EXPECT_EQ(visited(1), Processes{3});
  EXPECT_EQ(ProcessStat{}.read(2).error().code, EINVAL);
}

TEST_F(ProcessScanTest, ProcOfAnotherNamespaceIsNotScanned) {
  processes(4711, {{1, 0}, {2, 1}});
  EXPECT_EQ(visited(1), std::nullopt);
  fake::system = {};
  EXPECT_EQ(visited(1), std::nullopt) << "without a /proc";
  fake::system.files["/proc/self/stat"] = stat(1, 'S', 0);
  EXPECT_EQ(visited(1), std::nullopt) << "with a /proc that cannot be listed";
}

}  // namespace
}  // namespace init
