#include "healthcheck/probe/process_probe.hpp"

#include <errno.h>

#include <array>

#include "base/c_string.hpp"
#include "base/number.hpp"
#include "base/proc_stat.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"
#include "sys/message.hpp"
#include "sys/process.hpp"

namespace healthcheck {
namespace {

using std::string_view;

// Returns whether the process, which may be a zombie, has ended. The kernel tells since Linux 5.3; otherwise
// /proc does, if it is mounted and shows the process.
base::Result<bool> has_ended(string_view digits, sys::ProcessId process, base::Arena& arena) {
  auto ended = sys::ProcessHandle{process}.has_ended();
  if (ended) return ended;
  const char* path = add_c_string(arena, "/proc/", digits, "/stat");
  if (path == nullptr) return base::Error{ENAMETOOLONG};
  __attribute__((uninitialized)) std::array<char, 512> stat;
  std::size_t size = TRY(sys::read_file(path, stat));
  base::ProcessFacts facts;
  if (!base::parse_stat({stat.data(), size}, facts)) return base::Error{EIO};
  return facts.is_dead();
}

Health unhealthy(base::MessageBuilder& message, const char* words, int code) {
  sys::add_probe_error_text(message.add(words), code);
  return Health::Unhealthy;
}

Health unhealthy(base::MessageBuilder& message, const char* words) {
  message.add(words);
  return Health::Unhealthy;
}

Health judge(string_view digits, sys::ProcessId process, base::Arena& arena, base::MessageBuilder& message) {
  message.add("process ").add(digits);
  if (process == sys::process_id()) return unhealthy(message, " is this healthcheck");
  int code = sys::check_process(process).error().code;
  if (code == ESRCH) return unhealthy(message, " is gone");
  if (code != 0 && code != EPERM) return unhealthy(message, ": ", code);
  auto ended = has_ended(digits, process, arena);
  if (!ended) return unhealthy(message, " may have ended: ", ended.error().code);
  if (*ended) return unhealthy(message, " is a zombie");
  message.add(" runs");
  return Health::Healthy;
}

}  // namespace

[[gnu::noinline]] Health probe_process(string_view path, base::Arena& arena, base::MessageBuilder& message) {
  base::Arena::Scope scope{arena};
  const char* name = add_c_string(arena, {}, path, {});
  if (name == nullptr) return unhealthy(message, "path too long");
  __attribute__((uninitialized)) std::array<char, 64> content;
  auto size = sys::read_file(name, content);
  if (!size) return unhealthy(message, "", size.error().code);
  string_view rest{content.data(), *size};
  string_view digits = base::trim(base::take_until(rest, '\n'));
  auto process = base::parse_number(digits, 0x7fffffff);
  if (!process || *process == 0) return unhealthy(message, "no PID in it");
  return judge(digits, static_cast<sys::ProcessId>(*process), arena, message);
}

}  // namespace healthcheck
