// init: the PID 1 of a container without a shell.
#include <errno.h>

#include <algorithm>

#include "init/loop.hpp"
#include "init/report.hpp"
#include "init/spawn.hpp"
#include "sys/file.hpp"

namespace init {
namespace {

constexpr int status_not_executable = 126;
constexpr int status_not_found = 127;

// Cuts the operands into programs, at each separator, by ending their argument lists there. Answers how many
// there are; 0 where one of them would be empty.
int split(char** operands, std::string_view separator) {
  int programs = 1;
  char** start = operands;
  for (; *operands != nullptr; ++operands) {
    if (separator.empty() || *operands != separator) continue;
    if (operands == start) return 0;
    *operands = nullptr;
    start = operands + 1;
    ++programs;
  }
  return operands == start ? 0 : programs;
}

int usage_error(const char* problem) {
  report(problem);
  return status_init_failed;
}

int print(std::string_view text) {
  auto written = sys::write(sys::standard_output, text);
  if (written) return 0;
  report_failed("write", written.error());
  return status_init_failed;
}

// False: it could not be started.
bool start_one(Loop& loop, bool verbose, char** program, char** environment, const Inherited& inherited,
               const Terminal& terminal, Placement placement) {
  Spawned started = spawn_program(program, environment, inherited, terminal, placement);
  if (started.process != 0) {
    if (verbose) report_started(program[0], started.process);
    loop.add(started);
    return true;
  }
  bool executing = started.failed == Stage::Execute;
  report_spawn_failed(program[0], executing ? "execute" : "start", started.error);
  int status = started.error.code == ENOENT ? status_not_found : status_not_executable;
  loop.spawn_failed(executing ? status : status_init_failed);
  return false;
}

Placement placement_on(const Terminal& terminal, bool own_session) {
  if (own_session) return {Group::OwnSession};
  if (terminal.is_shared_with_outside()) return {Group::Inits};
  return {Group::Own, terminal.is_ours() ? Foreground::Give : Foreground::Keep};
}

// From here on init holds nothing that another process may want to unmount, and no descriptor but the
// standard streams, through which /proc/1/fd/1 leads to the container's log, and the terminal.
void close_inherited(const Terminal& terminal) {
  static_cast<void>(sys::change_directory("/"));
  sys::close_all_above(sys::standard_error, terminal.descriptor());
}

int supervise(const Config& config, const Inherited& inherited, char** programs, int count,
              char** environment) {
  Terminal terminal;
  if (!config.session) terminal.open();
  // Known before the kernel is told to watch it, so that its death in between is seen.
  // If the kernel refuses to name it, it counts as one outside of the PID namespace.
  sys::ProcessId parent = config.policy.parent_death_signal != 0 ? std::max(sys::parent_id(), 0) : 0;
  Loop loop{config, inherited, terminal, parent, count};
  if (!inherited.is_first_process())
    if (auto done = sys::become_subreaper(); !done) report_failed("prctl", done.error());
  if (config.policy.parent_death_signal != 0)
    if (auto done = sys::set_parent_death_signal(SIGCHLD); !done) report_failed("prctl", done.error());
  Placement placement = placement_on(terminal, config.session);
  bool started = true;
  for (int i = 0; i < count; ++i) {
    // After a failure the rest are not started: they would be stopped at once.
    if (started)
      started = start_one(loop, config.is_verbose(), programs, environment, inherited, terminal, placement);
    else
      loop.spawn_failed(0);
    placement.foreground = Foreground::Keep;
    while (*programs != nullptr) ++programs;
    ++programs;
  }
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
  char** programs = parser.operands();
  if (config.policy.pause && *programs != nullptr) return usage_error("--pause takes no PROGRAM");
  int count = config.policy.pause ? 0 : split(programs, config.separator);
  if (count == 0 && !config.policy.pause) return usage_error("no PROGRAM is named");
  if (count > static_cast<int>(Programs::max_count)) return usage_error("more than 32 programs");
  return supervise(config, inherited, programs, count, environment);
}

}  // namespace
}  // namespace init

int main(int, char** arguments, char** environment) {
  init::Inherited inherited = init::block_and_inherit();
  sys::seal_relocations();
  return init::run(inherited, arguments, environment);
}
