// The other processes that init is responsible for, found through /proc.
#pragma once

#include "base/proc_stat.hpp"
#include "base/text_buffer.hpp"
#include "sys/process.hpp"

namespace init {

using base::ProcessFacts;
using sys::ProcessId;

// /proc/PID/stat, read and parsed. The name points into it.
class ProcessStat {
 public:
  // Fails with open(2)'s error: ENOENT if there is no such process, or no /proc.
  base::Status read(ProcessId process);
  void clear() { facts_ = {}; }
  const ProcessFacts& facts() const { return facts_; }

 private:
  char text_[384];
  ProcessFacts facts_{};
};

// A reference to a function: it owns nothing, and takes two words and no heap.
class Visit {
 public:
  template <class Function>
  Visit(const Function& function)
      : function_(&function),
        call_([](const void* f, sys::ProcessHandle& process, const ProcessFacts& facts) {
          (*static_cast<const Function*>(f))(process, facts);
        }) {}
  void operator()(sys::ProcessHandle& process, const ProcessFacts& facts) const {
    call_(function_, process, facts);
  }

 private:
  const void* function_;
  void (*call_)(const void*, sys::ProcessHandle&, const ProcessFacts&);
};

// Returns false if there is no /proc, or if it belongs to another PID namespace and shows the wrong
// processes.
bool proc_shows_namespace(ProcessId self);

// Visits every live process that init is responsible for: as PID 1 all others of the namespace, otherwise all
// descendants, whose chain of parents ends at init because it is their subreaper. Returns false if some may
// not have been visited: there is no /proc, or a shortage of descriptors or memory lasted too long to read
// it.
bool for_each_process(ProcessId self, const Visit& visit);

}  // namespace init
