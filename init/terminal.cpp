#include "init/terminal.hpp"

namespace init {

Terminal::Terminal() {
  auto opened = sys::open_terminal();
  if (!opened) return;
  descriptor_ = *opened;
  own_group_ = sys::process_group();
}

bool Terminal::has_foreground(sys::ProcessId group) const {
  if (!exists()) return false;
  auto foreground = sys::foreground_group(descriptor_);
  return foreground && *foreground == group;
}

bool Terminal::is_ours() const { return has_foreground(own_group_); }

void Terminal::give_to(sys::ProcessId group) const {
  static_cast<void>(sys::set_foreground_group(descriptor_, group));
}

void Terminal::take_back_from(sys::ProcessId group) const {
  if (has_foreground(group)) give_to(own_group_);
}

}  // namespace init
