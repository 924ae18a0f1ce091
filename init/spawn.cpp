#include "init/spawn.hpp"

#include <errno.h>

#include "base/environment.hpp"
#include "base/text_buffer.hpp"
#include "init/pid_variable.hpp"

namespace init {
namespace {

// The child shares init's memory until it executes PROGRAM, so it reports its error here.
struct Child {
  char** arguments;
  const SpawnContext& context;
  Group group;
  PidVariable listen_pid, watchdog_pid;
  volatile int exec_error = 0;
};

// sd_listen_fds(3) and sd_watchdog_enabled(3) compare these with their own PID. LISTEN_PIDFDID identifies the
// process of LISTEN_PID a second time. init does not know PROGRAM's, and sd_listen_fds(3) does without it.
void set_pid_variables(Child& child) {
  if (child.watchdog_pid.names_init()) child.watchdog_pid.set(sys::calling_process_id());
  if (!child.listen_pid.names_init()) return;
  child.listen_pid.set(sys::calling_process_id());
  base::remove_variable(child.context.environment, "LISTEN_PIDFDID");
}

// Executes the file that execvp(3) would find, but never runs a shell. Returns only if none could be
// executed, with execvp's error. Not inlined: its buffer would move the stack of every start by a page.
__attribute__((noinline)) base::Error search_path(char** arguments, char** environment) {
  std::string_view name = arguments[0];
  const char* value = base::value_of_variable(environment, "PATH");
  std::string_view path = value != nullptr ? value : "/usr/local/bin:/bin:/usr/bin";  // musl's default
  base::Error result{ENOENT};
  __attribute__((uninitialized)) base::PathBuffer file;
  const char* end = path.data() + path.size();
  std::string_view directory;
  do {
    directory = base::take_until(path, ':');
    file.clear();
    // An empty entry is the working directory.
    if (!directory.empty()) file.add(directory).add("/");
    const char* candidate = file.add(name).c_str();
    if (candidate == nullptr) continue;
    base::Error error = sys::execute(candidate, arguments, environment);
    if (error.code == EACCES)
      result = error;  // a later directory may have a file that can be executed
    else if (error.code != ENOENT && error.code != ENOTDIR && error.code != ENAMETOOLONG)
      return error;
  } while (directory.data() + directory.size() != end);
  return result;
}

base::Error execute(char** arguments, char** environment) {
  std::string_view name = arguments[0];
  if (name.empty()) return {ENOENT};
  if (base::contains(name, '/')) return sys::execute(arguments[0], arguments, environment);
  return search_path(arguments, environment);
}

// Puts the child into its process group and, if it is to have it, into the foreground. A child that cannot be
// given the foreground stays in init's group, from which it can read the terminal.
void take_place(Child& child) {
  const SpawnContext& context = child.context;
  if (child.group == Group::OwnSession) static_cast<void>(sys::lead_session());
  if (child.group == Group::Own) static_cast<void>(sys::lead_process_group());
  if (context.placement.foreground == Foreground::Keep) return;
  if (context.terminal.give_to(sys::calling_process_id())) return;
  if (sys::join_process_group(context.terminal.own_group())) child.group = Group::Inits;
}

void become_program(void* argument) {
  auto& child = *static_cast<Child*>(argument);
  const SpawnContext& context = child.context;
  take_place(child);
  set_pid_variables(child);
  restore_signals(context.inherited);
  child.exec_error = execute(child.arguments, context.environment).code;
}

}  // namespace

Spawned spawn_program(char** arguments, const SpawnContext& context) {
  const Placement& placement = context.placement;
  sys::ProcessId init = context.inherited.self;
  Child child{arguments,
              context,
              placement.group,
              {context.environment, "LISTEN_PID", init},
              {context.environment, "WATCHDOG_PID", init}};
  auto created = sys::run_in_vfork(become_program, &child);
  if (!created) return {0, placement.group, Stage::Spawn, created.error()};
  if (child.exec_error == 0) return {*created, child.group};
  sys::wait_for_child(*created);
  if (placement.foreground == Foreground::Give) context.terminal.take_back_from(*created);
  return {0, placement.group, Stage::Execute, {child.exec_error}};
}

}  // namespace init
