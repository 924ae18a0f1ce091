#include "healthcheck/probe/file_probe.hpp"

#include "base/c_string.hpp"
#include "sys/file_age.hpp"
#include "sys/message.hpp"

namespace healthcheck {

Health probe_file(std::string_view path, base::Duration max_age, base::Arena& arena,
                  base::MessageBuilder& message) {
  base::Arena::Scope scope{arena};
  const char* name = add_c_string(arena, {}, path, {});
  if (name == nullptr) {
    message.add("path too long");
    return Health::Unhealthy;
  }
  auto age = sys::age_of_file(name);
  if (!age) {
    sys::add_probe_error_text(message, age.error().code);
    return Health::Unhealthy;
  }
  message.add(*age).add(" old");
  return max_age && *age > max_age ? Health::Unhealthy : Health::Healthy;
}

}  // namespace healthcheck
