// Finds the programs of Debian's packages and starts them: under the shipped init as PID 1, or as PID 1
// themselves for comparison.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/container.hpp"

namespace programs {

using Words = std::vector<std::string>;

// The path of "nginx" or "postgres"; throws, with the places that were searched, if it is not installed.
std::string installed(std::string_view name);

// The same for php-fpm, whose name ends in its version.
std::string installed_php_fpm();

// The host's files, one user, no capability, and a network with only its own loopback, so that services of
// the machine can neither be reached nor interfere. The tests talk to the programs over Unix-domain sockets,
// which are files.
harness::ContainerOptions secluded();

// The same as user 0 of its own user namespace, for a server that listens on a port below 1024.
harness::ContainerOptions with_low_ports();

// The same as the machine's root, for a server that changes to other users.
harness::ContainerOptions as_root();

// init, with these options, runs `program` as PID 1 of a container.
harness::Container under_init(const Words& options, const Words& program,
                              const harness::ContainerOptions& container = secluded());

// The only child of PID 1, by its outer PID.
pid_t program_in(const harness::Container& container);

// Waits until the container has this many processes and none is a zombie.
void expect_members(const harness::Container& container, std::size_t count);

}  // namespace programs
