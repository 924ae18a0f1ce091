// Tests which processes the scan of /proc visits on a scripted system, and that it leaves none out without
// saying so.
#include "init/process_scan.hpp"

#include <errno.h>
#include <gtest/gtest.h>

#include <utility>

#include "fake/fake_system.hpp"

namespace init {
namespace {

using fake::Failure;
using fake::for_ever;
using Visited = std::vector<ProcessId>;

constexpr ProcessId self = 50;

// init has a child, 60, that has a child, 61; 70 is a stranger.
class ProcessScanTest : public testing::Test {
 protected:
  ProcessScanTest() {
    fake::system = {};
    fake::system.self = self;
    add(self, 1);
    add(60, self);
    add(61, 60);
    add(70, 1);
    fake::system.files["/proc/self/stat"] = fake::system.files[stat_of(self)];
  }

  static std::string stat_of(ProcessId process) { return "/proc/" + std::to_string(process) + "/stat"; }

  static void add(ProcessId process, ProcessId parent) {
    fake::system.files[stat_of(process)] =
        std::to_string(process) + " (name) S " + std::to_string(parent) + " 60 60 0 -1 0";
  }

  // Returns whether the scan says that it is complete.
  bool scan() {
    visited_.clear();
    return for_each_process(self, [this](const sys::ProcessHandle& process, const ProcessFacts&) {
      visited_.push_back(process.process());
    });
  }

  Visited visited_;
};

TEST_F(ProcessScanTest, VisitsDescendantsOnly) {
  EXPECT_TRUE(scan());
  EXPECT_EQ(visited_, (Visited{60, 61}));
}

constexpr int shortages[] = {EMFILE, ENFILE, ENOMEM};

TEST_F(ProcessScanTest, ShortageThatPassesHidesNoDescendant) {
  // The parent's file is read for its own sake, and again for its child's.
  for (const std::string& path :
       {std::string{"/proc/self/stat"}, std::string{"/proc"}, stat_of(60), stat_of(61)})
    for (const int error : shortages)
      for (const int times : {1, 2, 3}) {
        fake::system.file_failures = {{path, {error, times}}};
        EXPECT_TRUE(scan()) << path << " " << error;
        EXPECT_EQ(visited_, (Visited{60, 61})) << path << " " << error;
      }
}

TEST_F(ProcessScanTest, ShortageWhileTheParentIsReadHidesNoDescendant) {
  for (const int error : shortages) {
    // 59 is listed before its parent, whose file is read for the first time to follow the parents of 59.
    add(59, 60);
    fake::system.file_failures = {{stat_of(60), {error, 1}}};
    EXPECT_TRUE(scan());
    EXPECT_EQ(visited_, (Visited{59, 60, 61})) << error;
  }
}

TEST_F(ProcessScanTest, ProcessIsNotSignalledByItsPidForWantOfADescriptor) {
  for (const int error : shortages) {
    fake::system.handle_failures = {{61, {error, 2}}};
    EXPECT_TRUE(scan());
    EXPECT_EQ(visited_, (Visited{60, 61})) << error;
    fake::system.handle_failures = {{61, {error, for_ever}}};
    EXPECT_FALSE(scan());
    EXPECT_EQ(visited_, Visited{60}) << error;
  }
}

TEST_F(ProcessScanTest, ShortageThatLastsIsReported) {
  for (const std::string& path :
       {std::string{"/proc/self/stat"}, std::string{"/proc"}, stat_of(60), stat_of(61)})
    for (const int error : shortages) {
      fake::system.file_failures = {{path, {error, for_ever}}};
      EXPECT_FALSE(scan()) << path << " " << error;
    }
}

TEST_F(ProcessScanTest, ParentThatChangesAllTheTimeIsReported) {
  // 61 names a parent that has no file: it has ended, and nobody has adopted 61 yet.
  add(61, 62);
  EXPECT_FALSE(scan());
  EXPECT_EQ(visited_, Visited{60});
}

TEST_F(ProcessScanTest, ProcessThatHasEndedIsNotMissed) {
  for (const int error : {ENOENT, ESRCH}) {
    fake::system.file_failures = {{stat_of(61), {error, for_ever}}};
    EXPECT_TRUE(scan());
    EXPECT_EQ(visited_, Visited{60});
  }
  fake::system.file_failures.clear();
  fake::system.handle_failures = {{61, {ESRCH, for_ever}}};
  EXPECT_TRUE(scan());
  EXPECT_EQ(visited_, Visited{60});
}

TEST_F(ProcessScanTest, ListingThatBreaksOffIsReported) {
  for (const int error : {ENOMEM, ENOSYS, EPERM}) {
    fake::system.listing_failure = {error, for_ever};
    EXPECT_FALSE(scan()) << error;
  }
}

TEST_F(ProcessScanTest, AsTheFirstProcessAllOthersAreVisited) {
  fake::system.files.erase(stat_of(self));
  add(1, 0);
  fake::system.files["/proc/self/stat"] = fake::system.files[stat_of(1)];
  visited_.clear();
  EXPECT_TRUE(for_each_process(1, [this](const sys::ProcessHandle& process, const ProcessFacts&) {
    visited_.push_back(process.process());
  }));
  EXPECT_EQ(visited_, (Visited{60, 61, 70}));
}

TEST_F(ProcessScanTest, ZombieIsVisitedOnlyIfOtherThreadsLive) {
  auto add_with = [](ProcessId process, const std::string& state, int threads) {
    fake::system.files[stat_of(process)] = std::to_string(process) + " (a (b) " + state + ") " + state +
                                           " 50 " + "7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 " +
                                           std::to_string(threads) + " 0 0";
  };
  add_with(62, "Z", 1);
  add_with(63, "Z", 2);
  add_with(64, "X", 1);
  EXPECT_TRUE(scan());
  EXPECT_EQ(visited_, (Visited{60, 61, 63}));
}

TEST_F(ProcessScanTest, LoopOfReusedPidsEnds) {
  add(62, 63);
  add(63, 62);
  EXPECT_FALSE(scan());
  EXPECT_EQ(visited_, (Visited{60, 61}));
}

TEST_F(ProcessScanTest, UnreadableTextIsNoProcess) {
  fake::system.files[stat_of(61)] = "61 (cut";
  EXPECT_TRUE(scan());
  EXPECT_EQ(visited_, Visited{60});
  EXPECT_EQ(ProcessStat{}.read(61).error().code, EINVAL);
}

TEST_F(ProcessScanTest, ProcOfAnotherNamespaceIsNotScanned) {
  fake::system.files["/proc/self/stat"] = fake::system.files[stat_of(70)];
  EXPECT_FALSE(scan());
  fake::system.files.clear();
  EXPECT_FALSE(scan()) << "without a /proc";
  EXPECT_EQ(visited_, Visited{});
}

}  // namespace
}  // namespace init
