// launch: clones, prepares and executes a program. Nothing else in the harness forks; Process and Container
// use it. Between clone and exec the child only makes system calls, so it is safe in a process with other
// threads.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "harness/descriptor.hpp"
#include "harness/start/options.hpp"

namespace harness {

struct Isolation;

struct Launch {
  const std::vector<std::string>& arguments;
  const Options& options;
  int input;  // descriptors that become 0, 1 and 2
  int output;
  int error;
  const Isolation* isolation = nullptr;  // new namespaces,
  int join = -1;                         // or, with a pidfd, the namespaces of its process
};

struct Launched {
  pid_t pid;
  Descriptor pidfd;
};

// Returns when the program has been executed. Throws a std::system_error that names the step that failed.
Launched launch(const Launch& launch);

}  // namespace harness
