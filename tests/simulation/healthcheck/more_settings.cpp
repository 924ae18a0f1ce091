// The settings that are drawn from the second generator: names of /etc/hosts, --any, --on-failure, headers.
#include "simulation/healthcheck/settings.hpp"

#include <algorithm>

namespace simulation {
namespace {

// The addresses that the name may have in /etc/hosts; the last is another host's.
constexpr std::array<std::string_view, 5> addresses{"127.0.0.7", "10.0.0.5", "::1", "fd00::5", "192.0.2.7"};

}  // namespace

bool Settings::needs_hosts_file() const {
  return std::ranges::any_of(targets, [&](const Target& target) {
    bool is_behind_socket =
        through_socket && (target.scheme == Scheme::Http || target.scheme == Scheme::Grpc);
    return target.place == Place::Named && !is_behind_socket;
  });
}

void Settings::secure_targets(Random& more) {
  bool has_secure = false;
  for (Target& target : targets) {
    bool can_be_secure =
        target.scheme == Scheme::Http || target.scheme == Scheme::Grpc || target.scheme == Scheme::Tcp;
    if (!can_be_secure || more.one_in(4)) continue;
    has_secure = target.is_secure = true;
    if (target.scheme == Scheme::Tcp)
      target.text.replace(0, 3, "tls");
    else
      target.text.insert(4, "s");
  }
  if (!has_secure) return;
  if (more.one_in(4)) server_name = "shop.example", add("--server-name=${UNSET:-shop.example}");
  if (more.one_in(4)) min_validity = 3600 * second, add("--min-validity=1h");
}

void Settings::rename_targets(Random& more) {
  address = more.pick(addresses);
  for (Target& target : targets) {
    std::size_t host = target.text.find("127.");
    if (has_host(target.scheme) && host != std::string::npos && more.one_in(4)) {
      target.place = Place::Named;
      target.text.replace(host, target.text.find(':', host) - host, more.pick(std::array{"web-1", "WEB-1"}));
    }
    target.shown = target.text;
    if (target.text.ends_with("/healthz") && more.one_in(4)) {
      target.text += "\xc3\xbc";
      target.shown += "\\xc3\\xbc";
    }
  }
  if (!needs_hosts_file()) return;
  if (more.one_in(16)) has_hosts_file = false;
  if (more.one_in(16)) address = {};
}

void Settings::draw_more_options(Random& more) {
  any = more.one_in(4);
  if (any) add("--any");
  if (more.one_in(4)) {
    struct Choice {
      const char* option;
      int signal;
    };
    constexpr std::array<Choice, 4> choices{{{"--on-failure=TERM", 15},
                                             {"--on-failure=${UNSET:-SIGUSR1}", 10},
                                             {"--on-failure=12", 12},
                                             {"--on-failure=rtmin+3", 37}}};
    Choice choice = more.pick(choices);
    add(choice.option);
    on_failure = choice.signal;
    kill_fails = more.one_in(4);
  }
  auto add_header = [&](const char* header) { return add("-H"), add(header), true; };
  if (has(Scheme::Http)) {
    if (more.one_in(8)) removes_accept = add_header("Accept:");
    if (more.one_in(8)) has_own_authorization = add_header("Authorization: Bearer ${TOKEN}");
  }
  if (has(Scheme::Http) || has(Scheme::Grpc)) {
    if (more.one_in(8)) has_metadata = add_header("X-Trace: ${TOKEN}");
    if (more.one_in(8)) has_host_header = add_header("Host: shop.example");
    if (more.one_in(8)) add("--user-agent=${UNSET:-prober}"), has_user_agent = true;
  }
  servers_leave_silently = more.one_in(4);
}

}  // namespace simulation
