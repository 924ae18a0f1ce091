#include "simulation/healthcheck/settings.hpp"

#include <algorithm>

namespace simulation {
namespace {

constexpr std::array<StatusList, 4> status_lists{{
    {"200-399", {200, 204, 301, 304}, {404, 500, 503, 599}},
    {"200", {200, 200, 200, 200}, {204, 301, 404, 500}},
    {"200-299,404", {200, 201, 204, 404}, {301, 403, 405, 503}},
    {"503,100-199", {503, 503, 503, 503}, {200, 500, 502, 504}},
}};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string authority(Random& random, Target& target) {
  std::string_view host;
  switch (target.place) {
    case Place::Localhost:
      host = random.pick(std::array{"localhost", "LocalHost", "app.localhost"});
      break;
    case Place::Ipv4:
      host = random.pick(std::array{"127.0.0.1", "127.9.9.9", "0.0.0.0"});
      break;
    case Place::Ipv6:
      host = random.pick(std::array{"[::1]", "[::]"});
      break;
    case Place::Own:
      host = random.pick(std::array{"10.0.0.5", "[fd00::5]"});
      break;
    case Place::Named:
    case Place::Foreign:
      host = random.pick(std::array{"192.0.2.7", "[2001:db8::7]", "255.255.255.255"});
      // No option lets these in, and the last is refused as such before anything is asked of the kernel.
      if (host == "255.255.255.255") host = "10.255.255.255";
      break;
  }
  return std::string{host} + ":" + std::to_string(1000 + target.number);
}

std::string text_of(Random& random, Target& target) {
  std::string number = std::to_string(target.number);
  switch (target.scheme) {
    case Scheme::Http:
      return "http://" + authority(random, target) + random.pick(std::array{"", "/", "/healthz", "?a=b"});
    case Scheme::Tcp:
      return "tcp://" + authority(random, target);
    case Scheme::Grpc:
      return "grpc://" + authority(random, target) + random.pick(std::array{"", "/", "/my.Service"});
    case Scheme::Udp:
      return "udp://" + authority(random, target);
    case Scheme::Unix:
      return random.pick(std::array{"unix:///run/", "unix://@"}) + number;
    case Scheme::File:
      return "file:///tmp/" + number;
    default:
      return "pid:///var/" + number;
  }
}

}  // namespace

Settings::Settings(Random& random, Random& more) {
  texts_.emplace_back(program_name);
  draw_targets(random);
  draw_options(random);
  draw_machine(random);
  if constexpr (speaks_tls) secure_targets(more);
  rename_targets(more);
  draw_more_options(more);
  variables_.push_back("TOKEN=s3cr3t");
  std::string words = "DISTROLESS_HEALTHCHECK_TARGET=";
  for (const Target& target : targets) {
    if (targets_in_variable)
      words += target.text + " ";
    else
      add(target.text);
  }
  if (targets_in_variable) variables_.push_back(words);
  if (is_usage_error)
    add(random.pick(std::array{"http://224.0.0.1:80", "tcp://[ff02::1]:5", "udp://1.2.3.4"}));
  is_usage_error |= needs_hosts_file() && (!has_hosts_file || address.empty());
}

bool Settings::has(Scheme scheme) const { return std::ranges::count(targets, scheme, &Target::scheme) != 0; }

char** Settings::arguments() {
  pointers_ = pointers_to(texts_);
  return pointers_.data();
}

char** Settings::environment() {
  variable_pointers_ = pointers_to(variables_);
  return variable_pointers_.data();
}

void Settings::draw_targets(Random& random) {
  constexpr std::array schemes{Scheme::Http, Scheme::Http, Scheme::Http, Scheme::Tcp,
                               Scheme::Tcp,  Scheme::Grpc, Scheme::Grpc, Scheme::Udp,
                               Scheme::Unix, Scheme::File, Scheme::Pid};
  constexpr std::array places{Place::Localhost, Place::Localhost, Place::Localhost, Place::Ipv4,
                              Place::Ipv4,      Place::Ipv6,      Place::Own,       Place::Foreign};
  auto count = random.pick(std::array{1, 1, 1, 2, 2, 3});
  for (int i = 0; i < count; ++i) {
    Target target{random.pick(schemes), random.pick(places), i, {}};
    target.text = text_of(random, target);
    targets.push_back(target);
  }
  targets_in_variable = random.one_in(8);
  is_usage_error = random.one_in(64) && !targets_in_variable;
}

void Settings::add_duration(std::string_view option, Time duration) {
  add(std::string{option} + "=" + std::to_string(duration / millisecond) + "ms");
}

void Settings::draw_options(Random& random) {
  if (random.one_in(2)) {
    timeout = random.pick(
        std::array<Time, 6>{millisecond, 20 * millisecond, 100 * millisecond, 300 * millisecond, second, 0});
    add_duration("--timeout", timeout);
  }
  if (random.one_in(3)) {
    wait = random.pick(std::array<Time, 5>{2 * millisecond, 30 * millisecond, 100 * millisecond,
                                           450 * millisecond, 5 * second});
    add_duration("--wait", wait);
    if (random.one_in(2)) {
      // So short an interval would make thousands of attempts of a long --wait.
      constexpr std::array<Time, 4> intervals{10 * second, 100 * millisecond, 10 * millisecond, 0};
      interval = intervals[static_cast<std::size_t>(random.below(wait > second ? 2 : 4))];
      add_duration("--interval", interval);
    }
  }
  draw_http_options(random);
  if (has(Scheme::Tcp) || has(Scheme::Udp) || has(Scheme::Unix)) {
    if (random.one_in(2)) send = "PING\r\n", add("--send=PING\\r\\n");
    if (random.one_in(2)) {
      expect = random.pick(std::array<std::string_view, 3>{"PONG", "aab", "7"});
      add("--expect=" + std::string{expect});
    }
  }
  if (has(Scheme::File) && random.one_in(2)) {
    max_age = random.pick(std::array<Time, 3>{500 * millisecond, second, 60 * second});
    add_duration("--max-age", max_age);
  }
  quiet = random.one_in(16);
  verbose = random.one_in(8);
  if (quiet) add("-q");
  if (verbose) add("-v");
}

void Settings::draw_http_options(Random& random) {
  statuses = &status_lists[0];
  if (!has(Scheme::Http)) return;
  if (random.one_in(2)) {
    statuses = &status_lists[static_cast<std::size_t>(random.below(status_lists.size()))];
    add("--status=" + std::string{statuses->text});
  }
  if (random.one_in(4)) {
    method = random.pick(std::array<std::string_view, 3>{"HEAD", "OPTIONS", "POST"});
    add("-X"), add(std::string{method});
  }
  if (random.one_in(3)) required.push_back("\"status\":\"UP\"");
  if (random.one_in(6)) required.push_back("ready");
  if (random.one_in(4)) forbidden.push_back("DOWN");
  for (std::string_view text : required) add("--body=" + std::string{text});
  for (std::string_view text : forbidden) add("--no-body=" + std::string{text});
  has_user = random.one_in(8);
  has_header = random.one_in(8);
  if (has_user) add("--user=probe:hunter2");
  if (has_header) add("-H"), add("X-Token: ${TOKEN}");
  auto services = std::ranges::count_if(
      targets, [](const Target& t) { return t.scheme == Scheme::Http || t.scheme == Scheme::Grpc; });
  through_socket = services == 1 && random.one_in(8);
  if (through_socket) add("--unix-socket=/run/gateway");
}

void Settings::draw_machine(Random& random) {
  first_process = random.one_in(4);
  has_clock = !random.one_in(8);
  has_ipv6 = !random.one_in(4);
  is_busy = random.one_in(4);
  has_faults = random.one_in(16);
  has_pidfd = !random.one_in(4);
  has_proc = !random.one_in(4);
  if (random.one_in(4))
    standard_error = random.pick(std::array{Stderr::Old, Stderr::Full, Stderr::Racing, Stderr::Broken});
  Time span = std::max(std::min(attempt_limit(), 3 * second), wait);
  if (random.one_in(4))
    for (Stop& stop : stops)
      stop = {random.below(span),
              random.pick(std::array<Time, 3>{millisecond, 300 * millisecond, 10 * second})};
  if (random.one_in(12)) term = 1 + random.below(span);
}

}  // namespace simulation
