#include "init/terminal.hpp"

#include <errno.h>

namespace init {

void Terminal::open() {
  if (auto opened = sys::open_terminal())
    descriptor_ = *opened;
  else if (opened.error().code != ENXIO)
    // /dev may be empty, or /dev/tty may belong to another user. The kernel tells the foreground group only
    // of the controlling terminal.
    for (sys::Descriptor stream = sys::standard_error; stream >= 0; --stream)
      if (sys::foreground_group(stream)) descriptor_ = stream;
  if (exists()) own_group_ = sys::process_group();
}

bool Terminal::has_foreground(sys::ProcessId group) const {
  if (!exists() || group == 0) return false;
  auto foreground = sys::foreground_group(descriptor_);
  return foreground && *foreground == group;
}

bool Terminal::is_ours() const { return has_foreground(own_group_); }

base::Status Terminal::give_to(sys::ProcessId group) const {
  return sys::set_foreground_group(descriptor_, group);
}

void Terminal::take_back_from(sys::ProcessId group) const {
  if (has_foreground(group)) static_cast<void>(give_to(own_group_));
}

}  // namespace init
