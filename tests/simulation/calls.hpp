// The calls of init, by their subjects.
#pragma once

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

#include <array>

#include "simulation/kernel.hpp"

namespace simulation {

using Arguments = std::array<long, 6>;

// Sets errno, and answers -1.
int fail(int error);

// syscall(2).
long call(long number, const Arguments& arguments);

// waitid(2), and wait4(2).
inline constexpr int any = -1;
int wait_by_id(int which, siginfo_t* info, int options);
long wait_by_status(int which, int* status, int options);

// rt_sigtimedwait(2) and the other calls about signals.
long wait_for_signal(std::uint64_t wanted, siginfo_t& info, const long* timeout);
long take_pending(std::uint64_t wanted);
long change_mask(int how, const std::uint64_t* set, std::uint64_t* before);
long change_action(int signal, const unsigned long* action, unsigned long* before);
long poll(const Arguments& arguments);

// /proc, and descriptors.
long open_path(const char* path);
long list_directory(int number, char* buffer, std::size_t size);
ssize_t read_stat(const Descriptor& file, char* buffer, std::size_t size);
long open_process(int pid);
long signal_process(int number, int signal, const siginfo_t* info);
long control_terminal(int number, unsigned long request, int* group);
long close_range(unsigned first, unsigned last);
ssize_t write_message(const char* text, std::size_t size);

}  // namespace simulation
