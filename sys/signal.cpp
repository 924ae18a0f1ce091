#include "sys/signal.hpp"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace sys {
namespace {

constexpr std::size_t mask_bytes = 8;

// The kernel's mask is an array of longs, lowest signals first.
constexpr std::size_t long_bits = sizeof(long) * 8;
struct KernelMask {
  std::array<unsigned long, mask_bytes / sizeof(long)> words;
};

KernelMask to_kernel(SignalSet set) {
  KernelMask mask{};
  for (std::size_t i = 0; i < mask.words.size(); ++i)
    mask.words[i] = static_cast<unsigned long>(set.bits() >> (i * long_bits));
  return mask;
}

SignalSet from_kernel(const KernelMask& mask) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < mask.words.size(); ++i) bits |= std::uint64_t{mask.words[i]} << (i * long_bits);
  return SignalSet{bits};
}

// The kernel's struct sigaction begins with the handler everywhere that we ship for; the rest is zero: no
// flags, no restorer, an empty mask. libc's sigaction() refuses the signals that libc keeps to itself.
struct KernelAction {
  std::array<unsigned long, 8> words;
};

bool set_handler(Signal signal, void (*handler)(int)) {
  KernelAction change{}, before{};
  change.words[0] = reinterpret_cast<unsigned long>(handler);
  ::syscall(SYS_rt_sigaction, int{signal}, &change, &before, mask_bytes);
  return before.words[0] == reinterpret_cast<unsigned long>(SIG_IGN);
}

}  // namespace

Status block_signals(SignalSet set, SignalSet& before) {
  KernelMask change = to_kernel(set), was{};
  auto done = succeeded(::syscall(SYS_rt_sigprocmask, SIG_BLOCK, &change, &was, mask_bytes));
  before = from_kernel(was);
  return done;
}

void set_signal_mask(SignalSet set) {
  KernelMask mask = to_kernel(set);
  ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, nullptr, mask_bytes);
}

Status wait_for_any_signal(SignalInfo& info, base::Duration timeout) {
  __attribute__((uninitialized)) sigset_t all;
  std::memset(&all, 0xff, sizeof all);
  timespec limit{};
  limit.tv_sec = static_cast<time_t>(timeout.nanoseconds / 1'000'000'000);
  limit.tv_nsec = static_cast<long>(timeout.nanoseconds % 1'000'000'000);
  // Through libc, which knows the call's two forms where time_t was once 32 bits.
  return succeeded(::sigtimedwait(&all, &info, timeout < base::Duration{} ? nullptr : &limit));
}

Status send_signal(ProcessId target, Signal signal) { return succeeded(::kill(target, signal)); }

Status queue_signal(ProcessId target, SignalInfo& info) {
  return succeeded(::syscall(SYS_rt_sigqueueinfo, target, info.si_signo, &info));
}

bool set_default(Signal signal) { return set_handler(signal, SIG_DFL); }
bool set_ignored(Signal signal) { return set_handler(signal, SIG_IGN); }

}  // namespace sys
