// init on kernels and in sandboxes that lack the newer calls.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "call_filter.hpp"
#include "harness/files.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::Options;
using harness::testprog;
using harness::operator/;

class OlderKernel : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(OlderKernel);

// pidfd_send_signal and every call that came after it.
void refuse_newer_calls(int error) {
  filter_calls({BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 424, 0, 1), refusal(error)});
}

// gVisor refuses a last number that is not an int.
void refuse_high_last_number() {
  filter_calls({BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 0, 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
                BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 0x7fffffff, 0, 1), refusal(EINVAL)});
}

// Linux before 4.7.
void refuse_wall_to_waitid() {
  filter_calls({BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_waitid, 0, 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[3])),
                BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, static_cast<unsigned>(__WALL), 0, 1), refusal(EINVAL)});
}

void limit_descriptors(rlim_t most) {
  const rlimit limit{most, most};
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// The highest limit that this kernel has.
rlim_t highest_limit() { return std::stoul(harness::read_file("/proc/sys/fs/nr_open")); }

TEST_P(OlderKernel, WithoutCloseRangeDescriptorsAreClosed) {
  for (const int error : {ENOSYS, EPERM}) {
    Options options;
    options.before_exec = [error] {
      for (const int open : {3, 9, 20, 63}) ::dup2(1, open);
      limit_descriptors(64);
      refuse_newer_calls(error);
    };
    Supervised init{GetParam(), {"-g", "--", testprog(), "signals", "--until=TERM"}, options};
    init->wait_for_line("ready");
    init.settle();
    for (const char* closed : {"3", "9", "20", "63"})
      EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(init->pid()) + "/fd/" + closed));
    init->send(SIGTERM);
    const Outcome outcome = init.wait();
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
  }
}

// The calls by which init closes what it inherited, under strace(1).
std::size_t calls_to_close(rlim_t limit, const std::function<void()>& refuse) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  Options options;
  options.before_exec = [&] {
    for (int open = 3; open < 40; ++open) ::dup2(1, open);
    limit_descriptors(limit);
    refuse();
  };
  const Outcome outcome =
      harness::run({"strace", "-qq", "-o", trace, "-e", "trace=close,close_range,openat,getdents64,prlimit64",
                    harness::shipped("init"), "--", testprog(), "exit", "7"},
                   options);
  EXPECT_EQ(outcome.status, 7) << outcome.err;
  return lines_of(harness::read_file(trace)).size();
}

TEST(OlderKernelTraced, ClosingTakesNoMoreCallsWithAHighLimit) {
  for (const rlim_t limit : {rlim_t{1024}, rlim_t{1'048'576}, highest_limit()}) {
    SCOPED_TRACE(limit);
    EXPECT_LT(calls_to_close(limit, [] {}), 10U);
    EXPECT_LT(calls_to_close(limit, refuse_high_last_number), 10U);
    for (const int error : {ENOSYS, EPERM})
      EXPECT_LT(calls_to_close(limit, [error] { refuse_newer_calls(error); }), 80U);
  }
}

// With neither close_range(2) nor a listing the numbers are tried. If the limit is unknown too, it could be
// 2^30.
TEST(OlderKernelTraced, ClosingWithoutAListingHasAnEnd) {
  const std::size_t calls =
      calls_to_close(1024, [] { refuse_calls({SYS_close_range, SYS_getdents64, SYS_prlimit64}, ENOSYS); });
  EXPECT_GT(calls, 60'000U) << "the numbers were not tried";
  EXPECT_LT(calls, 70'000U);
}

// A /proc that cannot be listed is as good as none.
TEST_P(OlderKernel, WithoutAListingDescriptorsAreClosed) {
  for (const int error : {ENOSYS, EPERM}) {
    Options options;
    options.before_exec = [error] {
      for (const int open : {3, 9, 63}) ::dup2(1, open);
      limit_descriptors(64);
      refuse_calls({SYS_close_range, SYS_getdents64}, error);
    };
    Supervised init{GetParam(), {"--", testprog(), "signals", "--until=TERM"}, options};
    init->wait_for_line("ready");
    init.settle();
    for (const char* closed : {"3", "9", "63"})
      EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(init->pid()) + "/fd/" + closed));
    init->send(SIGTERM);
    EXPECT_EQ(init.wait().status, 0);
  }
}

// With neither close_range(2) nor /proc, init tries the numbers, and has to stop somewhere.
TEST_P(OlderKernel, WithoutProcEitherClosingHasAnEnd) {
  harness::ContainerOptions options;
  options.proc = false;
  options.process.before_exec = [] {
    ::dup2(1, 9);
    limit_descriptors(highest_limit());
    refuse_newer_calls(ENOSYS);
  };
  Supervised init{GetParam(), {"--", testprog(), "exit", "7"}, options};
  EXPECT_EQ(init.wait().status, 7);
}

TEST_P(OlderKernel, WithoutWallProcessesAreReaped) {
  for (const auto& refuse : std::initializer_list<std::function<void()>>{
           refuse_wall_to_waitid, [] { refuse_calls({SYS_waitid}, EPERM); },
           [] { refuse_calls({SYS_waitid}, ENOSYS); }}) {
    Options options;
    options.before_exec = refuse;
    EXPECT_EQ(outcome_of(GetParam(), {"--", testprog(), "exit", "7"}, options).status, 7);
    EXPECT_EQ(outcome_of(GetParam(), {"--", testprog(), "kill", "TERM"}, options).status, 128 + SIGTERM);
    EXPECT_EQ(outcome_of(GetParam(), {"--", "/no/such"}, options).status, 127);
    const Outcome warned =
        outcome_of(GetParam(), {"-w", "--", testprog(), "orphans", "3", "--leave=7"}, options);
    EXPECT_EQ(warned.status, 7);
    EXPECT_EQ(lines_of(warned.err).size(), 3U) << warned.err;
  }
}

TEST_P(OlderKernel, WithoutAnyWayToWaitInitSaysSoAndEnds) {
  Options options;
  options.before_exec = [] {
    refuse_calls({SYS_waitid}, EPERM);
    refuse_calls({SYS_wait4}, EPERM);
  };
  const Outcome outcome = outcome_of(GetParam(), {"--", testprog(), "exit", "7"}, options);
  EXPECT_EQ(outcome.status, 125);
  EXPECT_EQ(outcome.err, "init: wait4: Operation not permitted\n");
}

}  // namespace
}  // namespace init_test
