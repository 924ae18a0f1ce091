#include "init/process_scan.hpp"

#include <cstring>

namespace init {
namespace {

// struct linux_dirent64 (getdents64(2)): where the record's length and the name stand in it.
constexpr std::size_t length_at = 16;
constexpr std::size_t name_at = 19;

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

void visit_one(std::string_view name, ProcessId self, const Visit& visit) {
  auto number = base::parse_number(name, base::max_process_id);
  if (!number) return;
  auto process = static_cast<ProcessId>(*number);
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
  // The kernel fills it; clearing it first would cost more than reading it.
  alignas(8) __attribute__((uninitialized)) char records[1024];
  for (;;) {
    auto size = sys::read_directory(*directory, records);
    if (!size || *size == 0) break;
    for (std::size_t at = 0; at < *size;) {
      std::uint16_t length;
      std::memcpy(&length, records + at + length_at, sizeof length);
      visit_one(records + at + name_at, self, visit);
      at += length;
    }
  }
  sys::close(*directory);
  return true;
}

}  // namespace init
