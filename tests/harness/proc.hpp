// The kernel's information about a process, from /proc. All functions take an outer PID, as the harness sees
// it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

// Kilobytes, from smaps_rollup.
struct Memory {
  long resident;
  long proportional;
  long private_dirty;
};

Memory memory_of(pid_t pid);

// Returns a line of /proc/PID/status without its name: status_field(pid, "Seccomp") is "2". Throws if the
// process is gone.
std::string status_field(pid_t pid, std::string_view name);

// SigBlk, SigIgn, SigCgt, SigPnd or ShdPnd; bit n-1 is signal n.
std::uint64_t signal_set(pid_t pid, std::string_view name);
constexpr bool contains(std::uint64_t signal_set, int signal) {
  return ((signal_set >> (signal - 1)) & 1U) != 0;
}

char state_of(pid_t pid);  // R S D T t Z, or 0 if there is no such process
// Grows with each child that the process reaps: the page faults of those (proc_pid_stat(5), cminflt).
unsigned long faults_of_reaped(pid_t pid);
pid_t parent_of(pid_t pid);
pid_t inner_pid_of(pid_t pid);  // in the innermost PID namespace
long voluntary_switches_of(pid_t pid);
std::string name_of(pid_t pid);
std::vector<pid_t> children_of(pid_t pid);

// Returns every process, including zombies, in the PID namespace of `member`.
std::vector<pid_t> members_of_namespace(pid_t member);

}  // namespace harness
