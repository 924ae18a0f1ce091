# The faults: a name, the file, the text, its replacement.
set(users_of_supervisor init/loop.cpp init/main.cpp)

mutant("SIGCHLD reaps one child only" init/loop.cpp
  [[      on_ended(*child, stat.facts().name);]] [[      return on_ended(*child, stat.facts().name);]])
mutant("children from before the loop are not reaped" init/loop.cpp
  [[  reap();
  while (!finished_) step();]] [[  while (!finished_) step();]])
mutant("init's own broken pipe is forwarded" init/loop.cpp
  [[if (info.si_pid == inherited_.self) return;]] [[]])
mutant("the terminal's signals are forwarded beside the terminal" init/loop.cpp
  [[if (outside_terminal_ && sys::is_from_terminal(info)) return;]] [[]])
mutant("no SIGCONT after the stop signal" init/loop.cpp
  [[if (action.and_continue) signaller_.send(SIGCONT);]] [[]])
mutant("the drain sends no SIGCONT" init/loop.cpp
  [[  signaller_.send_to_remaining(SIGCONT);]] [[]])
mutant("the value of a queued signal is dropped" init/loop.cpp
  [[if (cause != nullptr && sys::has_value(*cause))]] [[if (cause != nullptr && cause->si_signo > 64)]])
mutant("strangers of the namespace are forgotten" init/loop.cpp
  [[inherited_.is_first_process() && sys::others_exist()]] [[false]])
mutant("a deadline is only looked at after a time-out" init/loop.cpp
  [[if (timed && !finished_) perform]] [[if (timed && !finished_ && !waited && now_ > deadline) perform]])
mutant("the parent's death is not looked for" init/loop.cpp
  [[if (!died) return;]] [[if (!died || parent_ != 0) return;]])
mutant("a ptrace stop is an end" init/loop.cpp
  [[if (child->is_traced())]] [[if (child->is_traced() && child->process < 0)]])
mutant("the first process is left out of together" init/signaller.cpp
  [[for (sys::ProcessId process : programs_) send_one(process, signal);]]
  [[for (sys::ProcessId process : programs_) if (process != *programs_.begin() || programs_.begin() + 1 == programs_.end()) send_one(process, signal);]])
mutant("a reaped program stays in the list" init/signaller.cpp
  [[processes_[i] = processes_[--count_];]] [[if (count_ > 1) --count_;]])
mutant("a program that left its group is not reached" init/signaller.cpp
  [[if (group && *group != process) send_one(process, signal);]] [[]])
mutant("the drain reaches the group only" init/signaller.cpp
  [[if (self_ == 1) return send_one(everyone, signal);]] [[if (self_ == 1) return send_one(-2, signal);]])
mutant("a process is looked at before it is opened" init/process_scan.cpp
  [[if (descent == Descent::Yes) visit(handle, stat.facts());]]
  [[if (descent == Descent::Yes) { sys::ProcessHandle late{process}; visit(late, stat.facts()); }]])
mutant("children alone are descendants" init/process_scan.cpp
  [[self == 1 ? Descent::Yes : follow_parents(self, process, stat.facts().parent);]]
  [[self == 1 || stat.facts().parent == self ? Descent::Yes : Descent::No;]])
mutant("every process of the machine is a descendant" init/process_scan.cpp
  [[self == 1 ? Descent::Yes : follow_parents(self, process, stat.facts().parent);]] [[Descent::Yes;]])
mutant("a changed parent ends the search" init/process_scan.cpp
  [[stat.facts().parent != parent) return Descent::Unclear;]] [[stat.facts().parent != parent) return Descent::No;]])
mutant("a process that cannot be looked at is none" init/process_scan.cpp
  [[if (is_shortage(done.error())) return Descent::Unclear;]] [[]])
mutant("a shortage is over at once" init/process_scan.cpp
  [[if (attempts == 0) found_all = false;]] [[]])
mutant("the directory of /proc is not closed" init/process_scan.cpp
  [[    sys::close(*directory);
    return found_all;]] [[    return found_all;]])
mutant("inherited descriptors stay open" sys/descriptors.cpp
  [[close_range(first, last_descriptor);]] [[]])
mutant("only the older waitid is known" sys/process.cpp
  [[return wait_by_status(which, options);]] [[return Error{ECHILD};]])
mutant("a real-time signal is not waited for" sys/signal.cpp
  [[constexpr std::uint64_t all = ~std::uint64_t{0};]] [[constexpr std::uint64_t all = ~std::uint64_t{0} >> 1;]])
mutant("the mask leaves out libc's signals" init/inherited.cpp
  [[base::SignalSet::all()]] [[base::SignalSet{~(std::uint64_t{7} << 31)}]])
mutant("SIGCHLD stays ignored" init/inherited.cpp
  [[sys::set_default(SIGCHLD)]] [[false]])
mutant("PROGRAM inherits init's mask" init/inherited.cpp
  [[sys::set_signal_mask({});]] [[]])
mutant("a stop signal is dropped while the delay runs" init/supervisor.hpp
  [[if (!policy_.stop_delay || stopping_ || held_ != 0)]] [[if (!policy_.stop_delay || stopping_)]] ${users_of_supervisor})
mutant("each stop signal starts the grace period anew" init/supervisor.hpp
  [[if (!std::exchange(stopping_, true) && policy_.grace)]] [[if (policy_.grace)]] ${users_of_supervisor})
mutant("the last status counts, not the first" init/supervisor.hpp
  [[if (!status_known_) status_ = policy_.exit_map[static_cast]] [[status_ = policy_.exit_map[static_cast]] ${users_of_supervisor})
mutant("the drain ends at once" init/supervisor.hpp
  [[drain_ends_ = event.now + policy_.drain;]] [[drain_ends_ = event.now;]] ${users_of_supervisor})
mutant("the drain never ends" init/supervisor.hpp
  [[drain_ends_ = event.now + policy_.drain;]] [[]] ${users_of_supervisor})
mutant("a delayed stop ends with the first of several programs" init/supervisor.hpp
  [[if (running_ > 0 && !stopping_) return forward_stop]] [[if (running_ > 0 && !stopping_ && held == 0) return forward_stop]] ${users_of_supervisor})
