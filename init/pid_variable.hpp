// A variable that holds the PID of the process that it addresses: LISTEN_PID, WATCHDOG_PID.
#pragma once

#include <string_view>

#include "base/environment.hpp"
#include "base/number.hpp"
#include "base/proc_stat.hpp"
#include "base/text_buffer.hpp"
#include "sys/process.hpp"

namespace init {

// If the variable names init, it has to name PROGRAM instead. The environment belongs to init, so the
// destructor makes the variable name init again, for the next program of --together.
class PidVariable {
 public:
  PidVariable(char** environment, std::string_view name, sys::ProcessId init)
      : entry_(base::find_variable(environment, name)), value_offset_(name.size() + 1) {
    if (entry_ == nullptr) return;
    original_ = *entry_;
    auto process = base::parse_number(original_ + value_offset_, base::max_process_id);
    if (process != static_cast<std::uint64_t>(init)) entry_ = nullptr;
  }
  PidVariable(const PidVariable&) = delete;
  ~PidVariable() {
    if (names_init()) *entry_ = original_;
  }

  bool names_init() const { return entry_ != nullptr; }

  // Called in the child before it executes PROGRAM. The variable must name init.
  void set(sys::ProcessId program) {
    text_.add({original_, value_offset_}).add_number(static_cast<std::uint64_t>(program));
    *entry_ = const_cast<char*>(text_.c_str());
  }

 private:
  char** entry_;
  std::size_t value_offset_;
  char* original_ = nullptr;
  base::TextBufferOf<32> text_;
};

}  // namespace init
