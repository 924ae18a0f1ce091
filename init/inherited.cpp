#include "init/inherited.hpp"

namespace init {

Inherited block_and_inherit() {
  Inherited inherited;
  inherited.blocked = sys::block_signals(base::SignalSet::all(), inherited.mask);
  inherited.self = sys::process_id();
  // While SIGCHLD is ignored, the kernel reaps children itself, and PROGRAM's status is lost (wait(2)).
  inherited.child_signal_ignored = sys::set_default(SIGCHLD);
  return inherited;
}

void restore_signals(const Inherited& inherited) {
  if (!inherited.is_first_process()) {
    if (inherited.child_signal_ignored) sys::set_ignored(SIGCHLD);
    sys::set_signal_mask(inherited.mask);
    return;
  }
  for (base::Signal signal = 1; signal <= base::last_signal; ++signal) sys::set_default(signal);
  sys::set_signal_mask({});
}

}  // namespace init
