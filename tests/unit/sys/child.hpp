// Runs a function in a child process, for calls that change a process.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace sys {

// Returns the exit status of the child, which is what the function returns; -1 if a signal killed it.
template <class Function>
int status_in_child(Function function) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(function());
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace sys
