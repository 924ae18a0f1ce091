#include "init/process_scan.hpp"

#include "sys/directory.hpp"

namespace init {
namespace {

// Follows the parents upwards; a chain longer than this is a loop of PIDs that were reused under way.
bool descends_from(ProcessId ancestor, ProcessId process) {
  for (int steps = 0; steps < 4096 && process > 1; ++steps) {
    __attribute__((uninitialized)) ProcessStat stat;
    if (!stat.read(process)) return false;
    process = stat.facts().parent;
    if (process == ancestor) return true;
  }
  return false;
}

// A /proc of another PID namespace, bound into ours, would name the wrong processes.
bool shows_our_namespace(ProcessId self) {
  char text[16];
  auto length = sys::read_file("/proc/self/stat", text);
  if (!length) return false;
  std::string_view stat{text, *length};
  return base::parse_number(base::take_until(stat, ' '), base::max_process_id) ==
         static_cast<std::uint64_t>(self);
}

void visit_one(ProcessId process, ProcessId self, const Visit& visit) {
  if (process == self) return;
  __attribute__((uninitialized)) ProcessStat stat;
  if (!stat.read(process) || stat.facts().is_dead()) return;
  if (self == 1 || descends_from(self, process)) visit(process, stat.facts());
}

}  // namespace

bool ProcessStat::read(ProcessId process) {
  base::MessageBuilder path;
  path.add("/proc/").add(process).add("/stat");
  auto length = sys::read_file(path.c_str(), text_);
  return length && base::parse_stat({text_, *length}, facts_);
}

bool for_each_process(ProcessId self, const Visit& visit) {
  if (!shows_our_namespace(self)) return false;
  auto directory = sys::open_directory("/proc");
  if (!directory) return false;
  __attribute__((uninitialized)) sys::NumberedEntries entries{*directory, base::max_process_id};
  while (auto number = entries.next()) visit_one(static_cast<ProcessId>(*number), self, visit);
  sys::close(*directory);
  return true;
}

}  // namespace init
