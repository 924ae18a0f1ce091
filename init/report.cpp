#include "init/report.hpp"

namespace init {
namespace {

using base::add_signal;
using base::MessageBuilder;
using sys::add_error_text;
using sys::send_message;

MessageBuilder& begin() { return sys::begin_message("init"); }

MessageBuilder& add_process(MessageBuilder& line, std::string_view name, sys::ProcessId process) {
  return line.add_escaped(name).add(" (PID ").add(process).add(")");
}

void send_with_end(MessageBuilder& line, const sys::ChildStatus& child) {
  if (child.killed_by() != 0)
    add_signal(line.add(" was killed by "), child.killed_by());
  else
    line.add(" exited with status ").add(child.exit_status());
  send_message();
}

}  // namespace

void report(const char* text) {
  begin().add(text);
  send_message();
}

void report_usage_error(const base::UsageError& error) {
  base::add_usage_error(begin(), error);
  send_message();
}

void report_spawn_failed(std::string_view program, const char* verb, base::Error error) {
  add_error_text(begin().add("cannot ").add(verb).add(" ").add_escaped(program).add(": "), error.code);
  send_message();
}

void report_send_failed(sys::ProcessId target, Signal signal, base::Error error) {
  add_error_text(add_signal(begin().add("cannot send "), signal).add(" to ").add(target).add(": "),
                 error.code);
  send_message();
}

void report_failed(const char* call, base::Error error) {
  add_error_text(begin().add(call).add(": "), error.code);
  send_message();
}

void report_killing(std::string_view name, sys::ProcessId process) {
  add_process(begin().add("killing "), name, process).add(", which did not stop in time");
  send_message();
}

void report_killing_more(std::size_t processes) {
  begin().add("killing ").add(static_cast<std::int64_t>(processes)).add(" more, which did not stop in time");
  send_message();
}

void report_unkillable(std::string_view name, sys::ProcessId process) {
  add_process(begin().add("leaving "), name, process).add(", which could not be killed");
  send_message();
}

void report_reaped(std::string_view name, const sys::ChildStatus& child) {
  send_with_end(add_process(begin().add("reaped: "), name, child.process), child);
}

void report_started(std::string_view program, sys::ProcessId process) {
  add_process(begin().add("started "), program, process);
  send_message();
}

void report_signal(const char* what, Signal arrived, Signal to) {
  MessageBuilder& line = add_signal(begin().add(what), arrived);
  if (to != arrived) add_signal(line.add(" as "), to);
  send_message();
}

void report_ended(const sys::ChildStatus& program) {
  send_with_end(begin().add("PID ").add(program.process), program);
}

void report_exit(int status) {
  begin().add("exiting with status ").add(status);
  send_message();
}

}  // namespace init
