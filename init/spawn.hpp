// Starts PROGRAM.
#pragma once

#include "init/inherited.hpp"
#include "init/terminal.hpp"
#include "sys/process.hpp"

namespace init {

// The process group of PROGRAM: its own, in init's session or in a session of its own, or init's.
enum class Group : std::uint8_t { Own, OwnSession, Inits };
enum class Foreground : std::uint8_t { Keep, Give };
struct Placement {
  Group group = Group::Own;
  Foreground foreground = Foreground::Keep;  // of the terminal
};

// The state that every program is started with.
struct SpawnContext {
  const Inherited& inherited;
  const Terminal& terminal;
  char** environment;
  Placement placement;
};

enum class Stage : std::uint8_t { Spawn, Execute };

// A running program, or the reason why it does not run if `process` is 0.
struct Spawned {
  sys::ProcessId process = 0;
  Group group = Group::Own;
  Stage failed = Stage::Spawn;
  base::Error error{0};
};

// Returns when the child is in its process group and runs PROGRAM, because vfork(2) suspends init until
// execve(2): a signal to the group cannot arrive before the group exists. A child that should get the
// foreground but cannot stays in init's group, from which it can read the terminal.
Spawned spawn_program(char** arguments, const SpawnContext& context);

}  // namespace init
