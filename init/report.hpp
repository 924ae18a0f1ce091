// The messages of init, one line each.
#pragma once

#include <string_view>

#include "base/options.hpp"
#include "sys/message.hpp"
#include "sys/process.hpp"

namespace init {

using base::Signal;

// Always reported.
void report(const char* text);
void report_usage_error(const base::UsageError& error);
void report_spawn_failed(std::string_view program, const char* verb, base::Error error);
void report_send_failed(sys::ProcessId target, Signal signal, base::Error error);
void report_failed(const char* call, base::Error error);
void report_killing(std::string_view name, sys::ProcessId process);
void report_killing_more(std::size_t processes);
void report_unkillable(std::string_view name, sys::ProcessId process);
// The name is empty if it could not be read.
void report_reaped(std::string_view name, const sys::ChildStatus& child);

// Reported with --verbose.
void report_started(std::string_view program, sys::ProcessId process);
void report_signal(const char* what, Signal arrived, Signal to);
void report_ended(const sys::ChildStatus& program);
void report_exit(int status);

}  // namespace init
