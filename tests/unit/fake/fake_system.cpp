#include "fake/fake_system.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "sys/confinement.hpp"

namespace fake {
System system;
constexpr int proc_directory = 8;
}  // namespace fake

namespace sys {

using fake::system;

namespace {

void log(const std::string& call) { system.calls.push_back(call); }

// The errno of this call, or 0.
int take(fake::Failure& failure) { return failure.times-- > 0 ? failure.error : 0; }

template <class Key>
int failure_of(std::map<Key, fake::Failure>& failures, const Key& key) {
  auto failure = failures.find(key);
  return failure == failures.end() ? 0 : take(failure->second);
}

Status answer(const std::map<ProcessId, int>& errors, ProcessId target) {
  auto error = errors.find(target);
  if (error != errors.end()) return Error{error->second};
  return base::ok;
}

}  // namespace

base::Instant now() { return system.clock_refused ? base::Instant{} : system.now; }

Status block_signals(SignalSet set, SignalSet& before) {
  if (system.mask_error != 0) return Error{system.mask_error};
  before = std::exchange(system.mask, SignalSet{system.mask.bits() | set.bits()});
  return base::ok;
}
void set_signal_mask(SignalSet set) { system.mask = set; }
bool set_default(Signal signal) { return system.ignored.erase(signal) != 0; }
bool set_ignored(Signal signal) { return !system.ignored.insert(signal).second; }

Status wait_for_any_signal(SignalInfo& info, base::Duration timeout) {
  if (system.wait_error != 0) return Error{system.wait_error};
  if (system.arrivals.empty() && timeout < base::Duration{}) throw std::logic_error{"it would wait for ever"};
  base::Instant end = timeout < base::Duration{} ? base::Instant::never() : system.now + timeout;
  if (system.arrivals.empty() || system.arrivals.front().when > end) {
    system.now = end;
    return Error{EAGAIN};
  }
  fake::Arrival arrival = system.arrivals.front();
  system.arrivals.pop_front();
  system.now = std::max(system.now, arrival.when);
  for (auto [process, status] : arrival.ended) {
    system.zombies[process] = status;
    system.alive.erase(process);
  }
  info = {};
  info.si_signo = arrival.signal;
  info.si_code = arrival.code;
  info.si_pid = arrival.sender;
  info.si_value.sival_int = arrival.value;
  return base::ok;
}

Status send_signal(ProcessId target, Signal signal) {
  log("kill " + std::to_string(target) + " " + std::to_string(signal));
  return answer(system.send_errors, target);
}

Status queue_signal(ProcessId target, SignalInfo& info) {
  log("sigqueue " + std::to_string(target) + " " + std::to_string(info.si_signo) + " = " +
      std::to_string(info.si_value.sival_int));
  return answer(system.queue_errors, target);
}

ProcessId process_id() { return system.self; }
ProcessId calling_process_id() { return system.child; }
Result<ProcessId> run_in_vfork(void (*function)(void*), void* argument) {
  if (system.spawn_error != 0) return Error{system.spawn_error};
  function(argument);
  return system.child;
}
Error execute(const char* path, char** arguments, char** environment) {
  log(std::string{"execve "} + path);
  system.executed_environment.clear();
  for (; *environment != nullptr; ++environment) system.executed_environment.emplace_back(*environment);
  system.executed_name = arguments[0];
  auto error = system.execute_errors.find(path);
  return {error == system.execute_errors.end() ? ENOENT : error->second};
}
ProcessId parent_id() { return system.parent_died ? 1 : 100; }
ProcessId process_group() { return *process_group_of(system.self); }
Status lead_process_group() {
  log("setpgid");
  return base::ok;
}
Status join_process_group(ProcessId) { return base::ok; }
Status lead_session() { return base::ok; }
Status become_subreaper() { return base::ok; }
Status set_parent_death_signal(Signal) { return base::ok; }

namespace {

// Converts the status that wait(2) would return.
ChildStatus waited(ProcessId process, int status) {
  if (status < 0) return {process, CLD_TRAPPED, -status};
  if (WIFSTOPPED(status)) return {process, CLD_STOPPED, WSTOPSIG(status)};
  if (WIFSIGNALED(status)) return {process, CLD_KILLED, WTERMSIG(status)};
  return {process, CLD_EXITED, WEXITSTATUS(status)};
}

}  // namespace

Result<ChildStatus> reap_child(ProcessId which) {
  if (system.reap_error != 0) return Error{system.reap_error};
  auto zombie = which == any_child ? system.zombies.begin() : system.zombies.find(which);
  if (zombie == system.zombies.end()) {
    if (system.alive.empty()) return Error{ECHILD};
    return ChildStatus{};
  }
  ChildStatus child = waited(zombie->first, zombie->second);
  system.zombies.erase(zombie);
  log("reap " + std::to_string(child.process));
  return child;
}

Result<ChildStatus> peek_child(Wait wait) {
  if (wait == Wait::Block) log("wait");
  if (!system.zombies.empty()) return waited(system.zombies.begin()->first, system.zombies.begin()->second);
  if (system.alive.empty()) return Error{ECHILD};
  return ChildStatus{};
}
void wait_for_child(ProcessId) {}

Result<ProcessId> foreground_group(Descriptor descriptor) {
  auto group = system.foregrounds.find(descriptor);
  if (group == system.foregrounds.end()) return Error{ENOTTY};
  return group->second;
}
Status set_foreground_group(Descriptor descriptor, ProcessId group) {
  log("foreground " + std::to_string(group));
  system.foregrounds[descriptor] = group;
  return base::ok;
}
Result<Descriptor> open_terminal() {
  if (system.terminal_error != 0) return Error{system.terminal_error};
  return fake::terminal;
}
bool stop_with_group() {
  log("stop with group");
  return system.stops_with_group;
}
void stop_tracing(ProcessId process, Signal signal) {
  log("stop tracing " + std::to_string(process) + " " + std::to_string(signal));
}
Result<ProcessId> process_group_of(ProcessId process) {
  auto group = system.groups.find(process);
  return group == system.groups.end() ? process : group->second;
}
bool others_exist() { return system.strangers > 0; }

ProcessHandle::ProcessHandle(ProcessId process) : process_{process}, descriptor_{Error{ENOSYS}} {}
ProcessHandle::~ProcessHandle() {}
Status ProcessHandle::opened() const { return Error{failure_of(system.handle_failures, process_)}; }
Status ProcessHandle::send(Signal signal) const { return send_signal(process_, signal); }
Status ProcessHandle::queue(SignalInfo& info) const { return queue_signal(process_, info); }
void seal_relocations() {}
void confine(std::span<const sock_filter>) {}

Result<Descriptor> open_file(const char*, int) { return Error{ENOENT}; }
Result<Descriptor> open_to_read(const char*) { return Error{ENOENT}; }
Result<Descriptor> open_directory(const char* path) {
  if (!system.files.contains("/proc/self/stat")) return Error{ENOENT};
  if (int error = failure_of(system.file_failures, std::string{path})) return Error{error};
  system.listed = 0;
  return fake::proc_directory;
}

// A process a call, as a struct linux_dirent64 (getdents64(2)).
Result<std::size_t> read_directory(Descriptor, std::span<char> buffer) {
  constexpr std::uint16_t length = 32;
  constexpr std::size_t length_at = 16, name_at = 19;
  if (system.listed != 0)
    if (int error = take(system.listing_failure)) return Error{error};
  int next = 0;
  for (const auto& [path, text] : system.files) {
    const std::string name = path.substr(0, path.rfind('/')).substr(std::string_view{"/proc/"}.size());
    const int process = std::atoi(name.c_str());
    if (process > system.listed && (next == 0 || process < next)) next = process;
  }
  if (next == 0) return std::size_t{0};
  system.listed = next;
  std::memcpy(buffer.data() + length_at, &length, sizeof length);
  std::ranges::copy(std::to_string(next) + '\0', buffer.data() + name_at);
  return std::size_t{length};
}
Result<std::size_t> read(Descriptor, std::span<char>) { return std::size_t{0}; }
Result<std::size_t> write(Descriptor, std::string_view text) { return text.size(); }
Status write_all(Descriptor, std::string_view) { return base::ok; }
void close(Descriptor descriptor) { log("close " + std::to_string(descriptor)); }
void close_all_above(Descriptor, Descriptor) {}
Status change_directory(const char*) { return base::ok; }

Result<std::size_t> read_file(const char* path, std::span<char> buffer) {
  if (int error = failure_of(system.file_failures, std::string{path})) return Error{error};
  auto file = system.files.find(path);
  if (file == system.files.end()) return Error{ENOENT};
  return file->second.copy(buffer.data(), buffer.size());
}

void write_message(std::string_view line) { system.messages.emplace_back(line); }

}  // namespace sys
