#include "init/spawn.hpp"

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include <string_view>

#include "base/message_builder.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace init {
namespace {

// The variable's entry, by its name with the "="; null: it is not set.
char** find_variable(char** environment, std::string_view name) {
  for (; *environment != nullptr; ++environment)
    if (std::string_view{*environment}.starts_with(name)) return environment;
  return nullptr;
}

// sd_listen_fds(3) compares LISTEN_PID with its own PID, so where it names init it must name PROGRAM instead.
void pass_listen_pid(char** environment, sys::ProcessId init, base::MessageBuilder& text) {
  constexpr std::string_view name = "LISTEN_PID=";
  char** entry = find_variable(environment, name);
  if (entry == nullptr ||
      base::parse_number(*entry + name.size(), 1 << 30) != static_cast<std::uint64_t>(init))
    return;
  *entry = const_cast<char*>(text.add(name).add(::getpid()).c_str());
}

// As execvp(3), errors too, but never through a shell. Returns errno where it returns.
int execute(char** arguments, char** environment) {
  std::string_view name = arguments[0];
  if (base::contains(name, '/')) {
    ::execve(arguments[0], arguments, environment);
    return errno;
  }
  constexpr std::string_view variable = "PATH=";
  std::string_view path = "PATH=/usr/local/bin:/bin:/usr/bin";  // musl's own default
  if (char** entry = find_variable(environment, variable)) path = *entry;
  path.remove_prefix(variable.size());
  int result = ENOENT;
  base::MessageBuilder file;
  while (!path.empty() && !name.empty()) {
    std::string_view directory = base::take_until(path, ':');
    if (directory.size() + name.size() + 2 > base::MessageBuilder::capacity) return ENAMETOOLONG;
    ::execve(file.clear().add(directory.empty() ? "." : directory).add("/").add(name).c_str(), arguments,
             environment);
    if (errno == EACCES)
      result = EACCES;  // but another directory may have one that can be executed
    else if (errno != ENOENT && errno != ENOTDIR)
      return errno;
  }
  return result;
}

// The new process shares init's memory until it executes PROGRAM, and init waits until then.
struct SpawnContext {
  char** arguments;
  char** environment;
  const Inherited& inherited;
  const Terminal& terminal;
  Placement placement;
  base::MessageBuilder listen_pid = {};
  volatile int exec_error = 0;
};

void take_place(SpawnContext& context) {
  Group& group = context.placement.group;
  if (group == Group::OwnSession) static_cast<void>(sys::lead_session());
  if (group == Group::Own) static_cast<void>(sys::lead_process_group());
  if (context.placement.foreground == Foreground::Keep) return;
  if (context.terminal.give_to(::getpid())) return;
  if (sys::join_process_group(context.terminal.own_group())) group = Group::Inits;
}

int become_program(void* argument) {
  auto& context = *static_cast<SpawnContext*>(argument);
  take_place(context);
  pass_listen_pid(context.environment, context.inherited.self, context.listen_pid);
  restore_signals(context.inherited);
  context.exec_error = execute(context.arguments, context.environment);
  ::_exit(127);
}

pid_t spawn(SpawnContext& context) {
#if defined(__x86_64__) || defined(__i386__) || defined(__arm__) || defined(__s390x__)
  // NOLINTBEGIN(*-vfork,*.vfork,*.Vfork,bugprone-unsafe-functions): the child calls nothing but the kernel.
  pid_t child = ::vfork();
  if (child == 0) become_program(&context);
  return child;
  // NOLINTEND(*-vfork,*.vfork,*.Vfork,bugprone-unsafe-functions)
#else
  // Elsewhere musl's vfork() is fork(), or was (until 1.2.4): it neither shares the memory nor waits.
  alignas(16) __attribute__((uninitialized)) char stack[8192];
  return ::clone(become_program, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &context);
#endif
}

}  // namespace

Spawned spawn_program(char** arguments, char** environment, const Inherited& inherited,
                      const Terminal& terminal, Placement placement) {
  SpawnContext context{arguments, environment, inherited, terminal, placement};
  pid_t child = spawn(context);
  if (child < 0) return {0, placement.group, Stage::Spawn, {errno}};
  if (context.exec_error == 0) return {child, context.placement.group};
  sys::wait_for_child(child);
  if (placement.foreground == Foreground::Give) terminal.take_back_from(child);
  return {0, placement.group, Stage::Execute, {context.exec_error}};
}

}  // namespace init
