// The controlling terminal, and its foreground group.
#pragma once

#include "sys/process.hpp"

namespace init {

class Terminal {
 public:
  // Opens the controlling terminal, if there is one, and keeps it open: a job may come to the foreground
  // later.
  void open();

  bool exists() const { return descriptor_ != sys::no_descriptor; }
  sys::Descriptor descriptor() const { return descriptor_; }

  // Returns whether init's group has the foreground: only then may init give it away.
  bool is_ours() const;
  // Returns whether init's group was made outside of its PID namespace. It reads as 0, as every other such
  // group does, so init can neither see that it has the foreground nor take the foreground back.
  bool is_shared_with_outside() const { return exists() && own_group_ == 0; }
  sys::ProcessId own_group() const { return own_group_; }
  // SIGTTOU is blocked in init, so this works from the background too.
  base::Status give_to(sys::ProcessId group) const;
  // Takes the foreground back, unless a group other than `group` has it by now.
  void take_back_from(sys::ProcessId group) const;

 private:
  bool has_foreground(sys::ProcessId group) const;

  sys::Descriptor descriptor_ = sys::no_descriptor;
  sys::ProcessId own_group_ = 0;
};

}  // namespace init
