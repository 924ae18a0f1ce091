// Starts PROGRAM.
#pragma once

#include "init/inherited.hpp"
#include "init/terminal.hpp"
#include "sys/process.hpp"

namespace init {

// A program that runs; or the reason why not, where `process` is 0.
enum class Stage : std::uint8_t { Spawn, Execute };
struct Spawned {
  sys::ProcessId process = 0;
  Stage failed = Stage::Spawn;
  base::Error error{0};
};

enum class Foreground : std::uint8_t { Keep, Give };

// The child leads a process group of its own before this returns, and runs PROGRAM: vfork(2) suspends init
// until execve(2). So no signal can come between its creation and its group, and none is lost.
Spawned spawn_program(char** arguments, char** environment, const Inherited& inherited,
                      const Terminal& terminal, Foreground foreground);

}  // namespace init
