#include "sys/signal.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

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

// The kernel's struct sigaction begins with the handler on every architecture that we ship for. The rest is
// zero: no flags, no restorer, an empty mask. libc's sigaction() refuses the signals that libc keeps to
// itself.
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
  constexpr std::uint64_t all = ~std::uint64_t{0};
  // Make the older form of the call, which every kernel has; musl's sigtimedwait() starts the wait anew on
  // EINTR. A long may have 32 bits, and 68 years are long enough.
  constexpr std::int64_t max_seconds = std::numeric_limits<long>::max();
  std::array<long, 2> limit{
      static_cast<long>(std::min(timeout.nanoseconds / 1'000'000'000, max_seconds)),
      static_cast<long>(timeout.nanoseconds % 1'000'000'000),
  };
  return succeeded(::syscall(SYS_rt_sigtimedwait, &all, &info,
                             timeout < base::Duration{} ? nullptr : limit.data(), mask_bytes));
}

bool take_pending(Signal signal) {
  KernelMask wanted = to_kernel(SignalSet{}.with(signal));
  const std::array<long, 2> no_time{};
  return ::syscall(SYS_rt_sigtimedwait, &wanted, nullptr, no_time.data(), mask_bytes) == signal;
}

Status send_signal(ProcessId target, Signal signal) {
  return succeeded(::syscall(SYS_kill, target, int{signal}));
}

bool others_exist() { return static_cast<bool>(send_signal(-1, 0)); }

Status queue_signal(ProcessId target, SignalInfo& info) {
  return succeeded(::syscall(SYS_rt_sigqueueinfo, target, info.si_signo, &info));
}

// libc's sigaction() would bring 0.9 KB. It adds the code that a handler returns to, without which some
// architectures do not call a handler; this one does not return.
void exit_on(Signal signal) {
  KernelAction change{};
  void (*handler)(int) = [](int) { ::_exit(1); };
  change.words[0] = reinterpret_cast<unsigned long>(handler);
#ifdef SA_RESTORER
  change.words[1] = SA_RESTORER;
  change.words[2] = change.words[0];
#endif
  ::syscall(SYS_rt_sigaction, int{signal}, &change, nullptr, mask_bytes);
}

bool set_default(Signal signal) { return set_handler(signal, SIG_DFL); }
bool set_ignored(Signal signal) { return set_handler(signal, SIG_IGN); }

}  // namespace sys
