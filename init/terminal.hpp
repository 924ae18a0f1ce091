// The controlling terminal, and whose foreground it is.
#pragma once

#include "sys/process.hpp"

namespace init {

class Terminal {
 public:
  // Opens the controlling terminal, where there is one. Kept: a job may come to the foreground later.
  Terminal();

  bool exists() const { return descriptor_ != sys::no_descriptor; }
  sys::Descriptor descriptor() const { return descriptor_; }

  // Whether init's own group is in the foreground: only then is it ours to give.
  bool is_ours() const;
  // SIGTTOU is blocked in init, so this works from the background too.
  void give_to(sys::ProcessId group) const;
  // Takes the foreground back, unless somebody other than `group` has it by now.
  void take_back_from(sys::ProcessId group) const;

 private:
  bool has_foreground(sys::ProcessId group) const;

  sys::Descriptor descriptor_ = sys::no_descriptor;
  sys::ProcessId own_group_ = 0;
};

}  // namespace init
