#include "healthcheck/probe/file_probe.hpp"

#include <errno.h>

#include <array>

#include "base/text.hpp"
#include "healthcheck/probe/deadline.hpp"
#include "healthcheck/protocol/trim.hpp"
#include "sys/file.hpp"
#include "sys/file_age.hpp"
#include "sys/message.hpp"
#include "sys/signal.hpp"

namespace healthcheck {
namespace {

using base::MessageBuilder;
using std::string_view;

// The text as a C string, in the buffer.
const char* c_string(string_view before, string_view text, string_view after) {
  std::size_t start = texts.size();
  texts.add(before);
  texts.add(text);
  texts.add(after);
  texts.add('\0');
  return texts.from(start).data();
}

// Zombies are gone but for their parent (proc(5): the state follows the name, which may hold anything).
bool is_zombie(string_view digits) {
  std::array<char, 512> stat;
  auto size = sys::read_file(c_string("/proc/", digits, "/stat"), stat);
  if (!size) return false;
  string_view text{stat.data(), *size};
  std::size_t state = text.rfind(')') + 2;
  return state < text.size() && (text[state] == 'Z' || text[state] == 'X');
}

}  // namespace

Health probe_file(const Config& config, const Target& target, MessageBuilder& line) {
  auto age = sys::age_of_file(c_string({}, target.path, {}));
  if (!age) {
    sys::add_error_text(line, age.error().code);
    return Health::Unhealthy;
  }
  line.add(*age).add(" old");
  return config.max_age && *age > config.max_age ? Health::Unhealthy : Health::Healthy;
}

Health probe_process(const Target& target, MessageBuilder& line) {
  std::array<char, 64> content;
  auto size = sys::read_file(c_string({}, target.path, {}), content);
  if (!size) {
    sys::add_error_text(line, size.error().code);
    return Health::Unhealthy;
  }
  string_view rest{content.data(), *size};
  string_view digits = trim(base::take_until(rest, '\n'));
  auto process = base::parse_number(digits, 0x7fffffff);
  if (!process || *process == 0) {
    line.add("no PID in it");
    return Health::Unhealthy;
  }
  line.add("process ").add(digits);
  Code code = sys::send_signal(static_cast<sys::ProcessId>(*process), 0).error().code;
  // EPERM: it is there, and another user's.
  if (code != 0 && code != EPERM && code != ESRCH) {
    sys::add_error_text(line.add(": "), code);
    return Health::Unhealthy;
  }
  bool is_gone = code == ESRCH;
  if (is_gone || is_zombie(digits)) {
    line.add(is_gone ? " is gone" : " is a zombie");
    return Health::Unhealthy;
  }
  line.add(" runs");
  return Health::Healthy;
}

}  // namespace healthcheck
