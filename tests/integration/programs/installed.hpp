// Where the programs of Debian's packages are, and how they are started: by the shipped init as PID 1, or
// as PID 1 themselves, for comparison.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/container.hpp"

namespace programs {

using Words = std::vector<std::string>;

// The path of "nginx" or "postgres"; throws, with where it looked, when it is not installed.
std::string installed(std::string_view name);

// The host's files, one user, no capability, and a network with nothing but its own loopback: a service of
// the machine is neither reached nor in the way. The tests talk to the programs over Unix-domain sockets,
// which are files.
harness::ContainerOptions secluded();

// init, with these options, runs `program` as PID 1 of a container.
harness::Container under_init(const Words& options, const Words& program,
                              const harness::ContainerOptions& container = secluded());

// The only child of PID 1, by its outer PID.
pid_t program_in(const harness::Container& container);

// Until the container has this many processes and none is a zombie.
void expect_members(const harness::Container& container, std::size_t count);

}  // namespace programs
