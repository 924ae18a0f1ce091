#include "init/process_scan.hpp"

#include <errno.h>

#include "sys/directory.hpp"

namespace init {
namespace {

// Unclear: a parent ended meanwhile, and its children now have another one; or there was no free descriptor
// or memory to read /proc with.
enum class Descent : std::uint8_t { Yes, No, Unclear };

// The number of attempts. A shortage usually passes.
constexpr int max_attempts = 16;

bool is_shortage(base::Error error) {
  return error.code == EMFILE || error.code == ENFILE || error.code == ENOMEM;
}

// Follows the chain of parents.
Descent follow_parents(ProcessId ancestor, ProcessId process, ProcessId parent) {
  __attribute__((uninitialized)) ProcessStat stat;
  // A longer chain is a loop of PIDs that were reused meanwhile.
  for (int steps = 0; steps < 4096; ++steps) {
    if (parent == ancestor) return Descent::Yes;
    if (parent <= 1) return Descent::No;
    if (!stat.read(parent)) return Descent::Unclear;
    ProcessId grandparent = stat.facts().parent;
    // Only if it still is the parent was the process that was read the parent, and not one that reuses its
    // PID.
    if (!stat.read(process) || stat.facts().parent != parent) return Descent::Unclear;
    process = parent;
    parent = grandparent;
  }
  return Descent::Unclear;
}

// Visits the process if it lives and descends from init.
Descent visit_descendant(ProcessId process, ProcessId self, const Visit& visit) {
  // Open it before looking at it, so that the signal goes to the process that was looked at.
  sys::ProcessHandle handle{process};
  __attribute__((uninitialized)) ProcessStat stat;
  auto done = handle.opened();
  if (done) done = stat.read(process);
  if (is_shortage(done.error())) return Descent::Unclear;
  if (!done || stat.facts().is_dead()) return Descent::No;
  Descent descent = self == 1 ? Descent::Yes : follow_parents(self, process, stat.facts().parent);
  if (descent == Descent::Yes) visit(handle, stat.facts());
  return descent;
}

}  // namespace

bool proc_shows_namespace(ProcessId self) {
  char text[16];
  auto length = sys::read_file("/proc/self/stat", text);
  if (!length) return false;
  std::string_view stat{text, *length};
  return base::parse_number(base::take_until(stat, ' '), base::max_process_id) ==
         static_cast<std::uint64_t>(self);
}

base::Status ProcessStat::read(ProcessId process) {
  __attribute__((uninitialized)) base::TextBufferOf<32> path;
  path.add("/proc/").add_number(static_cast<std::uint64_t>(process)).add("/stat");
  std::size_t length = TRY(sys::read_file(path.c_str(), text_));
  if (!base::parse_stat({text_, length}, facts_)) return base::Error{EINVAL};
  return base::ok;
}

namespace {

bool visit_all(sys::Descriptor directory, ProcessId self, const Visit& visit) {
  __attribute__((uninitialized)) sys::NumberedEntries entries{directory, base::max_process_id};
  bool found_all = true;
  while (auto number = entries.next()) {
    auto process = static_cast<ProcessId>(*number);
    if (process == self) continue;
    int attempts = max_attempts;
    while (attempts != 0 && visit_descendant(process, self, visit) == Descent::Unclear) --attempts;
    if (attempts == 0) found_all = false;
  }
  return found_all && entries.are_complete();
}

}  // namespace

bool for_each_process(ProcessId self, const Visit& visit) {
  for (int attempts = max_attempts; attempts != 0; --attempts) {
    if (!proc_shows_namespace(self)) continue;
    auto directory = sys::open_directory("/proc");
    if (!directory) continue;
    bool found_all = visit_all(*directory, self, visit);
    sys::close(*directory);
    return found_all;
  }
  return false;
}

}  // namespace init
