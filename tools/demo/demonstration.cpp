#include "demonstration.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <system_error>
#include <vector>

#include "harness/proc.hpp"
#include "narration.hpp"

namespace demo {
namespace {

using harness::Outcome;

constexpr int orphan_count = 100;
constexpr int exit_status = 3;

const std::vector<std::string> entrypoint = {
    "/init", "-v", "--", "/app", "app", "8080", "--exit=" + std::to_string(exit_status)};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string in_milliseconds(harness::Clock::duration time) {
  char text[32];
  const std::chrono::duration<double, std::milli> value = time;
  std::snprintf(text, sizeof text, "%.2f ms", value.count());
  return text;
}

// If user namespaces are disabled, root does not need them: PID 1 then is the real user 65532.
harness::Container start_container(harness::ContainerOptions options) {
  try {
    return harness::Container{entrypoint, options};
  } catch (const std::system_error& error) {
    expect(::geteuid() == 0, "no container can be made (" + std::string{error.what()} +
                                 "): allow user namespaces, or run this as root");
  }
  options.users = harness::Users::host;
  return harness::Container{entrypoint, options};
}

}  // namespace

void Demonstration::show_image() {
  step("An image that contains only the application and the two programs");
  for (const char* name : {"init", "healthcheck"}) {
    char line[80];
    std::snprintf(line, sizeof line, "/%-12s %8s bytes", name, with_thousands(image_.bytes_of(name)).c_str());
    quote(line);
  }
  quote("/app, /etc/passwd, /proc");
}

void Demonstration::start() {
  step("init starts the application");
  command(joined(entrypoint));
  harness::ContainerOptions options;
  options.root = image_.root();
  options.network = harness::Network::own;
  options.process.base = harness::Environment::empty;
  options.process.directory = "/";
  container_.emplace(start_container(options));
  quote_init("started");
  container_->init().wait_for_line("ready");
  expect(harness::inner_pid_of(container_->pid()) == 1, "init is not PID 1");
  const auto memory = harness::memory_of(container_->pid());
  remark("The application is ready. PID 1 holds " + std::to_string(memory.resident) +
         " kB of memory while it waits.");
}

void Demonstration::check_confinement() {
  step("It runs with the securityContext of the distroless guides");
  const pid_t pid = container_->pid();
  expect(harness::status_field(pid, "CapEff") == "0000000000000000", "PID 1 has capabilities");
  expect(harness::status_field(pid, "CapBnd") == "0000000000000000", "PID 1 could get capabilities");
  expect(harness::status_field(pid, "NoNewPrivs") == "1", "PID 1 could get new privileges");
  const Outcome state = container_->exec({"/app", "state"}).wait();
  expect(state.out.contains("\nUser: 65532\n"), "the user is not 65532:\n" + state.out);
  const Outcome touch = container_->exec({"/app", "touch", "/file"}).wait();
  expect(touch.err.contains("Read-only file system"), "the root can be written:\n" + touch.err);
  remark(
      "User 65532, no capability, no new privileges, read-only root; PID, mount and network namespaces of "
      "its own.");
}

Outcome Demonstration::probe_once(const std::string& target) {
  return container_->exec({"/healthcheck", target}).wait();
}

void Demonstration::show_probe(const std::string& target, int expected_status) {
  const Outcome outcome = probe_once(target);
  command("/healthcheck " + target);
  quote(outcome.out + outcome.err);
  remark("exit status " + std::to_string(outcome.status) + (outcome.err.empty() ? ", no output" : ""));
  expect(outcome.status == expected_status, "the exit status should be " + std::to_string(expected_status));
  expect(outcome.out.empty(), "a probe prints nothing on stdout");
  const auto lines = std::ranges::count(outcome.err, '\n');
  expect(lines == (expected_status == 0 ? 0 : 1), "one line if unhealthy, none if healthy");
}

void Demonstration::probe() {
  step("healthcheck probes it from inside");
  show_probe(":8080/healthz", 0);
  std::vector<harness::Clock::duration> times;
  for (int round = 0; round < 51; ++round) {
    const Outcome outcome = probe_once(":8080/healthz");
    expect(outcome.status == 0, "no longer healthy: " + outcome.err);
    times.push_back(outcome.elapsed);
  }
  std::ranges::sort(times);
  remark("A probe takes " + in_milliseconds(times[times.size() / 2]) + " (median of 51), the whole process.");
}

void Demonstration::ask_application(const std::string& path) {
  const Outcome outcome = probe_once(":8080" + path);
  expect(outcome.status == 0, "the application did not answer " + path + ": " + outcome.err);
}

void Demonstration::fail_and_recover() {
  step("The application fails and recovers");
  ask_application("/fail");
  container_->init().wait_for_line("unhealthy");
  show_probe(":8080/healthz", 1);
  ask_application("/recover");
  container_->init().wait_for_line("healthy");
  show_probe(":8080/healthz", 0);
}

pid_t Demonstration::newest_pid() {
  // Its PID stays readable until it is waited for.
  harness::Process process = container_->exec({"/app", "exit", "0"});
  const pid_t pid = harness::inner_pid_of(process.pid());
  expect(process.wait().status == 0, "/app does not run");
  return pid;
}

void Demonstration::leave_orphans() {
  step("The application leaves " + std::to_string(orphan_count) + " orphans, which end at once");
  const pid_t before = newest_pid();
  ask_application("/orphans?count=" + std::to_string(orphan_count));
  harness::eventually("only init and the application are left",
                      [&] { return container_->members().size() == 2; });
  // Each of them took two PIDs, its own and its parent's.
  expect(newest_pid() - before > 2 * orphan_count, "there were no orphans");
  expect(container_->zombies() == 0, "zombies are left");
  remark("0 zombies: init has reaped them all. Only init and the application remain.");
}

void Demonstration::reload() {
  step("init forwards a reload signal to the application");
  command("kill -HUP 1");
  container_->init().send(SIGHUP);
  quote_init("forwarding");
  quote("app: " + container_->init().wait_for_line("reloaded"));
}

void Demonstration::stop() {
  step("init forwards a stop signal and exits with the application's status");
  command("kill -TERM 1");
  container_->init().send(SIGTERM);
  quote_init("forwarding");
  quote("app: " + container_->init().wait_for_line("stopping"));
  quote_init("exiting");
  const Outcome outcome = container_->wait();
  expect(outcome.signal == 0, "init was killed by signal " + std::to_string(outcome.signal));
  remark("exit status " + std::to_string(outcome.status) + ", the application's own");
  expect(outcome.status == exit_status, "the exit status should be " + std::to_string(exit_status));
}

void Demonstration::quote_init(std::string_view last) {
  for (std::string line; !line.contains(last); quote(line))
    line = container_->init().read_line(harness::Stream::err);
}

}  // namespace demo
