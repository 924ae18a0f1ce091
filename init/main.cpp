// init: the PID 1 of a container without a shell.
#include <errno.h>

#include <algorithm>

#include "init/loop.hpp"
#include "init/report.hpp"
#include "init/spawn.hpp"
#include "init/split.hpp"
#include "sys/file.hpp"

namespace init {
namespace {

constexpr int status_not_executable = 126;
constexpr int status_not_found = 127;

int usage_error(const char* problem) {
  report(problem);
  return status_init_failed;
}

int print(std::string_view text) {
  auto written = sys::write_all(sys::standard_output, text);
  if (written) return 0;
  report_failed("write", written.error());
  return status_init_failed;
}

enum class Start : std::uint8_t { Failed, Running };

Start start_one(Loop& loop, bool verbose, char** program, const SpawnContext& context) {
  Spawned spawned = spawn_program(program, context);
  if (spawned.process != 0) {
    if (verbose) report_started(program[0], spawned.process);
    loop.add(spawned);
    return Start::Running;
  }
  bool executing = spawned.failed == Stage::Execute;
  report_spawn_failed(program[0], executing ? "execute" : "start", spawned.error);
  int status = spawned.error.code == ENOENT ? status_not_found : status_not_executable;
  loop.spawn_failed(executing ? status : status_init_failed);
  return Start::Failed;
}

// Argument lists, one after the other, each ended by a null pointer.
struct ProgramList {
  char** arguments;
  int count;
};

Placement placement_on(const Terminal& terminal, bool own_session) {
  if (own_session) return {Group::OwnSession};
  if (terminal.is_shared_with_outside()) return {Group::Inits};
  return {Group::Own, terminal.is_ours() ? Foreground::Give : Foreground::Keep};
}

void start_all(Loop& loop, const Config& config, ProgramList programs, SpawnContext context) {
  Start last = Start::Running;
  char** program = programs.arguments;
  for (int i = 0; i < programs.count; ++i) {
    // After a failure the rest are not started: they would be stopped at once.
    if (last == Start::Running)
      last = start_one(loop, config.is_verbose(), program, context);
    else
      loop.spawn_failed(0);
    context.placement.foreground = Foreground::Keep;
    while (*program != nullptr) ++program;
    ++program;
  }
}

// Leaves the working directory, which somebody may want to unmount, and closes inherited descriptors, since
// another process may wait for their end. Keeps the standard streams, because /proc/1/fd/1 leads to the
// container's log, and the terminal.
void close_inherited(const Terminal& terminal) {
  static_cast<void>(sys::change_directory("/"));
  sys::close_all_above(sys::standard_error, terminal.descriptor());
}

void watch_parent(Loop& loop) {
  // Read the parent's PID before asking the kernel to watch the parent, so that a death in between is
  // noticed. If the kernel refuses to name the parent, it counts as one outside of the PID namespace.
  loop.watch_parent(std::max(sys::parent_id(), 0));
  if (auto done = sys::set_parent_death_signal(SIGCHLD); !done) report_failed("prctl", done.error());
}

int supervise(const Config& config, const Inherited& inherited, ProgramList programs, char** environment) {
  Terminal terminal;
  if (!config.session) terminal.open();
  __attribute__((uninitialized)) Loop loop{config, inherited, terminal, programs.count};
  if (config.policy.parent_death_signal != 0) watch_parent(loop);
  if (!inherited.is_first_process())
    if (auto done = sys::become_subreaper(); !done) report_failed("prctl", done.error());
  start_all(loop, config, programs,
            {inherited, terminal, environment, placement_on(terminal, config.session)});
  close_inherited(terminal);
  return loop.run();
}

int run(const Inherited& inherited, char** arguments, char** environment) {
  if (!inherited.blocked) {
    report_failed("rt_sigprocmask", inherited.blocked.error());
    return status_init_failed;
  }
  Config config;
  base::OptionParser parser{option_table, &config, config.finished};
  if (!parser.parse(arguments, environment)) {
    report_usage_error(parser.error());
    return status_init_failed;
  }
  if (config.request == Request::Help) return print(option_table.help);
  if (config.request == Request::Version) return print("init " PROJECT_VERSION "\n");
  char** operands = parser.operands();
  if (config.policy.pause) {
    if (*operands != nullptr) return usage_error("--pause takes no PROGRAM");
    return supervise(config, inherited, {operands, 0}, environment);
  }
  int count = split_programs(operands, config.separator);
  if (count == 0) return usage_error("no PROGRAM given (see init --help)");
  if (count > static_cast<int>(Programs::max_count)) return usage_error("more than 32 programs");
  return supervise(config, inherited, {operands, count}, environment);
}

}  // namespace
}  // namespace init

int main(int, char** arguments, char** environment) {
  init::Inherited inherited = init::block_and_inherit();
  sys::seal_relocations();
  return init::run(inherited, arguments, environment);
}
