// Starts PROGRAM.
#pragma once

#include "init/inherited.hpp"
#include "init/terminal.hpp"
#include "sys/process.hpp"

namespace init {

// The process group that PROGRAM is in: one that it leads, in init's session or in a session of its own; or
// init's.
enum class Group : std::uint8_t { Own, OwnSession, Inits };
enum class Foreground : std::uint8_t { Keep, Give };
struct Placement {
  Group group = Group::Own;
  Foreground foreground = Foreground::Keep;  // of the terminal
};

// A program that runs; or the reason why not, where `process` is 0.
enum class Stage : std::uint8_t { Spawn, Execute };
struct Spawned {
  sys::ProcessId process = 0;
  Group group = Group::Own;
  Stage failed = Stage::Spawn;
  base::Error error{0};
};

// The child is in its process group before this returns, and runs PROGRAM: vfork(2) suspends init until
// execve(2). So no signal can come between its creation and its group, and none is lost. If it cannot be
// given the foreground that it was to have, it stays in init's group, from which it can read the terminal.
Spawned spawn_program(char** arguments, char** environment, const Inherited& inherited,
                      const Terminal& terminal, Placement placement);

}  // namespace init
