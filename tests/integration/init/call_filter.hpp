// Filters of system calls that the kernel applies to init, for the `before_exec` of a start:
//
//   options.before_exec = [] { refuse_calls({SYS_clock_gettime}, EPERM); };
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include <initializer_list>
#include <vector>

namespace init_test {

inline sock_filter refusal(int error) {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error));
}

// Installs a filter: the statements find the call's number loaded, and a call that they do not refuse is
// allowed.
inline void filter_calls(std::vector<sock_filter> statements) {
  statements.insert(statements.begin(), BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
  statements.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(statements.size()), statements.data()};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

inline void refuse_calls(std::initializer_list<int> numbers, int error) {
  std::vector<sock_filter> statements;
  for (const int number : numbers) {
    statements.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 1));
    statements.push_back(refusal(error));
  }
  filter_calls(statements);
}

}  // namespace init_test
