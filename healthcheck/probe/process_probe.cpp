#include "healthcheck/probe/process_probe.hpp"

#include <errno.h>

#include <array>

#include "base/number.hpp"
#include "base/proc_stat.hpp"
#include "base/text.hpp"
#include "healthcheck/probe/c_string.hpp"
#include "sys/file.hpp"
#include "sys/message.hpp"
#include "sys/signal.hpp"

namespace healthcheck {
namespace {

using std::string_view;

// A zombie still has a PID. If /proc does not tell, the process counts as alive.
bool is_zombie(string_view digits, base::Arena& arena) {
  const char* path = add_c_string(arena, "/proc/", digits, "/stat");
  if (path == nullptr) return false;
  std::array<char, 512> stat;
  auto size = sys::read_file(path, stat);
  base::ProcessFacts facts;
  return size && base::parse_stat({stat.data(), *size}, facts) && facts.is_dead();
}

}  // namespace

Health probe_process(string_view path, base::Arena& arena, base::MessageBuilder& message) {
  base::Arena::Scope scope{arena};
  const char* name = add_c_string(arena, {}, path, {});
  if (name == nullptr) {
    message.add("path too long");
    return Health::Unhealthy;
  }
  std::array<char, 64> content;
  auto size = sys::read_file(name, content);
  if (!size) {
    sys::add_error_text(message, size.error().code);
    return Health::Unhealthy;
  }
  string_view rest{content.data(), *size};
  string_view digits = base::trim(base::take_until(rest, '\n'));
  auto process = base::parse_number(digits, 0x7fffffff);
  if (!process || *process == 0) {
    message.add("no PID in it");
    return Health::Unhealthy;
  }
  message.add("process ").add(digits);
  int code = sys::send_signal(static_cast<sys::ProcessId>(*process), 0).error().code;
  // EPERM: the process exists, and belongs to another user.
  if (code != 0 && code != EPERM && code != ESRCH) {
    sys::add_error_text(message.add(": "), code);
    return Health::Unhealthy;
  }
  bool is_gone = code == ESRCH;
  if (is_gone || is_zombie(digits, arena)) {
    message.add(is_gone ? " is gone" : " is a zombie");
    return Health::Unhealthy;
  }
  message.add(" runs");
  return Health::Healthy;
}

}  // namespace healthcheck
