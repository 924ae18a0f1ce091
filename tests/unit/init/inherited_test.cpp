// Tests the signal state that init takes over, and the one that it gives to PROGRAM.
#include "init/inherited.hpp"

#include <errno.h>
#include <gtest/gtest.h>

#include "fake/fake_system.hpp"

namespace init {
namespace {

using Signals = std::set<int>;

constexpr base::SignalSet found = base::SignalSet{}.with(SIGUSR1).with(33);

class InheritedTest : public testing::Test {
 protected:
  InheritedTest() {
    fake::system = {};
    fake::system.mask = found;
    fake::system.ignored = {SIGCHLD, SIGPIPE, 34};
  }
};

TEST_F(InheritedTest, EverySignalIsBlockedFirst) {
  const Inherited inherited = block_and_inherit();
  EXPECT_TRUE(inherited.blocked);
  EXPECT_EQ(fake::system.mask, base::SignalSet::all()) << "with those that libc keeps to itself";
  EXPECT_EQ(inherited.mask, found);
}

TEST_F(InheritedTest, IgnoredSigchldIsNoticedAndEnds) {
  EXPECT_TRUE(block_and_inherit().child_signal_ignored);
  EXPECT_EQ(fake::system.ignored, (Signals{SIGPIPE, 34}));
  EXPECT_FALSE(block_and_inherit().child_signal_ignored);
}

TEST_F(InheritedTest, FailureToBlockIsKept) {
  fake::system.mask_error = EINVAL;
  EXPECT_EQ(block_and_inherit().blocked.error().code, EINVAL);
}

TEST_F(InheritedTest, ProgramOfPid1GetsACleanState) {
  restore_signals(block_and_inherit());
  EXPECT_EQ(fake::system.mask, base::SignalSet{});
  EXPECT_EQ(fake::system.ignored, Signals{});
}

TEST_F(InheritedTest, ElsewhereProgramGetsTheStateThatInitFound) {
  fake::system.self = 50;
  restore_signals(block_and_inherit());
  EXPECT_EQ(fake::system.mask, found);
  EXPECT_EQ(fake::system.ignored, (Signals{SIGCHLD, SIGPIPE, 34}));
  fake::system.ignored.clear();
  restore_signals(block_and_inherit());
  EXPECT_EQ(fake::system.ignored, Signals{}) << "SIGCHLD was not ignored";
}

}  // namespace
}  // namespace init
