// Files, PID files and processes.
#include <errno.h>
#include <time.h>

#include <algorithm>
#include <cstring>

#include "simulation/healthcheck/world.hpp"

namespace simulation {

int World::read_clock(clockid_t clock, timespec& time) {
  Visit& visit = rules.visit();
  if (clock == CLOCK_REALTIME && is_prepared) {
    if (!settings.has_clock) return refuse_preparation(EPERM);
    Time seconds = (now + boot) / second;
    return time = {seconds, 0}, 0;
  }
  if (!settings.has_clock) {
    if (clock == CLOCK_REALTIME) visit.file = Truth::Unhealthy;
    return fail(EPERM);
  }
  Time value = now;
  if (clock == CLOCK_REALTIME) {
    value += boot;
    Time age = value - changed;
    visit.file = settings.max_age == 0 || age <= settings.max_age ? Truth::Healthy : Truth::Unhealthy;
  } else {
    rules.reads_clock(now);
  }
  time = {value / second, value % second};
  return 0;
}

int World::look_at_file(timespec& time) {
  Visit& visit = rules.opens(now);
  rules.closes(now);
  bool is_good = now >= services_[visit.target].good_from;
  if (rules.target().scheme != Scheme::File) break_rule("looks at a file that is no target");
  if (!is_good && happens(2)) {
    visit.file = Truth::Unhealthy;
    return fail(random.pick(std::array{ENOENT, EACCES, ENOTDIR}));
  }
  // Around the limit, to the nanosecond; the reading of the clock takes a microsecond.
  Time age = random.pick(std::array<Time, 6>{0, -second, settings.max_age - microsecond, settings.max_age,
                                             settings.max_age - microsecond + 1, 1000 * second});
  if (is_good && age > settings.max_age) age = 0;
  changed = now + boot - age;
  time = {changed / second, changed % second};
  return 0;
}

void World::draw_pid_file() {
  constexpr std::array<std::string_view, 8> right{"123", "123\n",        " 123 \n", "123\nrest",
                                                  "7",   "2147483646\n", "4711",    "1\n"};
  constexpr std::array<std::string_view, 7> wrong{"", "abc", "0", "-5", "99999999999", "12 3", "2147483648"};
  Visit& visit = rules.visit();
  bool is_good = now >= services_[visit.target].good_from;
  named = {};
  named.is_valid = is_good || !happens(4);
  named.content = named.is_valid ? random.pick(right) : random.pick(wrong);
  if (named.is_valid) named.pid = std::stoi(named.content);
  named.exists = is_good || happens(2);
  named.is_other_users = happens(4);
  named.has_ended = !is_good && happens(2);
  bool is_known = settings.has_pidfd || settings.has_proc;
  bool lives = named.is_valid && named.pid != own_pid && named.exists && !named.has_ended && is_known;
  visit.file = lives ? Truth::Healthy : Truth::Unhealthy;
}

// Read once, and before anything is probed: the filter allows it no longer then.
int World::open_hosts() {
  if (rules.is_probing()) break_rule("reads /etc/hosts after the first probe");
  if (!settings.needs_hosts_file()) break_rule("reads /etc/hosts for nothing");
  rules.reads_hosts_file();
  if (!settings.has_hosts_file) return fail(ENOENT);
  named.content =
      "127.0.0.1\tlocalhost\n# 10.0.0.9 web-1\n10.0.0.9 database # web-1 was here\n10.0.0.9 web-10 aweb-1\n";
  if (!settings.address.empty()) named.content += std::string{settings.address} + "  other\tweb-1 # itself\n";
  return open(Descriptor::Hosts);
}

int World::open_path(std::string_view path) {
  if (path == "/etc/hosts") return open_hosts();
  if (path.starts_with("/proc/")) {
    std::string pid = std::to_string(named.pid);
    if (rules.target().scheme != Scheme::Pid || path != "/proc/" + pid + "/stat")
      break_rule("opens a foreign file");
    if (!settings.has_proc) return fail(ENOENT);
    // A process whose main thread has ended has the state of a zombie, and other threads.
    bool main_thread_ended = named.has_ended || happens(2);
    named.content = pid + " (a) S 1 (name) " + (main_thread_ended ? 'Z' : 'S') +
                    " 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 " + (named.has_ended ? "1" : "2") +
                    " 0 100 0 0\n";
    return open(Descriptor::Stat);
  }
  Visit& visit = rules.opens(now);
  rules.closes(now);
  if (rules.target().scheme != Scheme::Pid || path != "/var/" + std::to_string(rules.target().number))
    break_rule("opens a file that is no target");
  draw_pid_file();
  if (settings.has_faults && happens(8)) {
    visit.file = Truth::Unhealthy;
    return fail(EACCES);
  }
  return open(Descriptor::File);
}

ssize_t World::read_file(char* buffer, std::size_t size) {
  if (descriptor != Descriptor::Hosts && settings.has_faults && happens(8)) {
    rules.visit().file = Truth::Unhealthy;
    return fail(EIO);
  }
  size = std::min(size, named.content.size());
  std::memcpy(buffer, named.content.data(), size);
  return static_cast<ssize_t>(size);
}

int World::check_process(int process) {
  if (process != named.pid || process <= 0) break_rule("asks for another process", process);
  if (!named.exists) return fail(ESRCH);
  return named.is_other_users ? fail(EPERM) : 0;
}

int World::kill(int process, int signal) {
  rules.signals(process, signal);
  return settings.kill_fails ? fail(EPERM) : 0;
}

int World::open_process(int process) {
  if (process != named.pid) break_rule("opens another process", process);
  if (!settings.has_pidfd) return fail(random.one_in(2) ? ENOSYS : EPERM);
  return open(Descriptor::Process);
}

}  // namespace simulation
