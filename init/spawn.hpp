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

// When this returns, the child is in its process group and runs PROGRAM: vfork(2) suspends init until
// execve(2). A signal to the group can therefore not arrive before the group exists. A child that cannot be
// given the foreground that it was to have stays in init's group, from which it can read the terminal.
Spawned spawn_program(char** arguments, const SpawnContext& context);

}  // namespace init
