#include "init/process_scan.hpp"

#include <errno.h>

#include "sys/directory.hpp"

namespace init {
namespace {

enum class Descent : std::uint8_t { Yes, No, Changed };

// Follows the chain of parents. Changed: a parent ended meanwhile, and its children now have another one.
Descent follow_parents(ProcessId ancestor, ProcessId process) {
  __attribute__((uninitialized)) ProcessStat stat;
  if (!stat.read(process)) return Descent::No;
  ProcessId parent = stat.facts().parent;
  // A longer chain is a loop of PIDs that were reused meanwhile.
  for (int steps = 0; steps < 4096 && parent != ancestor; ++steps) {
    if (parent <= 1) return Descent::No;
    if (!stat.read(parent)) return Descent::Changed;
    ProcessId grandparent = stat.facts().parent;
    // Only if it still is the parent was the process that was read the parent, and not one that reuses its
    // PID.
    if (!stat.read(process) || stat.facts().parent != parent) return Descent::Changed;
    process = parent;
    parent = grandparent;
  }
  return parent == ancestor ? Descent::Yes : Descent::No;
}

bool descends_from(ProcessId ancestor, ProcessId process) {
  for (int attempts = 0; attempts < 16; ++attempts) {
    Descent descent = follow_parents(ancestor, process);
    if (descent != Descent::Changed) return descent == Descent::Yes;
  }
  return false;
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

namespace {

enum class Look : std::uint8_t { Possible, Impossible };

// Impossible: a process exists, but there is no free descriptor or memory to look at it.
Look visit_one(ProcessId process, ProcessId self, const Visit& visit) {
  if (process == self) return Look::Possible;
  // Open it before looking at it, so that the signal goes to the process that was looked at.
  sys::ProcessHandle handle{process};
  __attribute__((uninitialized)) ProcessStat stat;
  if (auto done = stat.read(process); !done) {
    int code = done.error().code;
    return code == EMFILE || code == ENFILE || code == ENOMEM ? Look::Impossible : Look::Possible;
  }
  if (stat.facts().is_dead()) return Look::Possible;
  if (self == 1 || descends_from(self, process)) visit(handle, stat.facts());
  return Look::Possible;
}

}  // namespace

base::Status ProcessStat::read(ProcessId process) {
  __attribute__((uninitialized)) base::TextBufferOf<32> path;
  path.add("/proc/").add_number(static_cast<std::uint64_t>(process)).add("/stat");
  std::size_t length = TRY(sys::read_file(path.c_str(), text_));
  if (!base::parse_stat({text_, length}, facts_)) return base::Error{EINVAL};
  return base::ok;
}

bool for_each_process(ProcessId self, const Visit& visit) {
  if (!proc_shows_namespace(self)) return false;
  auto directory = sys::open_directory("/proc");
  if (!directory) return false;
  __attribute__((uninitialized)) sys::NumberedEntries entries{*directory, base::max_process_id};
  bool found_all = true;
  while (auto number = entries.next())
    if (visit_one(static_cast<ProcessId>(*number), self, visit) == Look::Impossible) found_all = false;
  sys::close(*directory);
  return found_all;
}

}  // namespace init
