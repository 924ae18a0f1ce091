#include "container.hpp"

#include <stdexcept>

namespace engine {
namespace {

using Arguments = std::vector<std::string>;

const Arguments standard_options{"--detach", "--read-only", "--cap-drop=ALL",
                                 "--security-opt=no-new-privileges", "--network=none"};

void append(Arguments& to, const Arguments& more) { to.insert(to.end(), more.begin(), more.end()); }

int occurrences(const std::string& text, const std::string& wanted) {
  int count = 0;
  for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

}  // namespace

Container::Container(const Client& client, const std::string& image, const Run& run) : client_{client} {
  Arguments command{"run"};
  append(command, standard_options);
  append(command, client_.run_options());
  append(command, run.options);
  command.push_back(image);
  append(command, run.arguments);
  id_ = client_.ask(command);
}

Container::~Container() {
  try {
    client_.call({"rm", "--force", "--volumes", id_});
  } catch (const std::exception&) {
    // The suite removes remaining containers before it stops the engine, and reports those it cannot remove.
  }
}

std::string Container::inspect(const std::string& format) const {
  return client_.ask({"inspect", "--format=" + format, id_});
}

std::string Container::logs() const {
  const harness::Outcome outcome = client_.call({"logs", id_});
  return outcome.out + outcome.err;
}

harness::Outcome Container::exec(const std::vector<std::string>& command) const {
  Arguments arguments{"exec", id_};
  append(arguments, command);
  return client_.call(arguments);
}

void Container::post(const std::string& path) const {
  const harness::Outcome outcome = exec({"/healthcheck", "--method=POST", "http://localhost:8080" + path});
  if (outcome.status != 0) throw std::runtime_error("POST " + path + ": " + outcome.out + outcome.err);
}

std::string Container::last_probe() const { return of_last_probe("Output"); }

std::string Container::last_probe_start() const { return of_last_probe("Start"); }

std::string Container::of_last_probe(const std::string& field) const {
  return inspect("{{with .State.Health}}{{with .Log}}{{(index . (len (slice . 1)))." + field +
                 "}}{{end}}{{end}}");
}

bool Container::probe() const {
  const harness::Outcome outcome = client_.call({"healthcheck", "run", id_});
  if (outcome.status != 0 && outcome.status != 1) throw std::runtime_error("no probe: " + outcome.err);
  return outcome.status == 0;
}

void Container::wait_for_health(const std::string& status) const {
  try {
    harness::eventually(status, [&] { return inspect("{{.State.Health.Status}}") == status; });
  } catch (const std::runtime_error& timeout) {
    throw std::runtime_error(std::string{timeout.what()} + ": " + inspect("{{json .State}}") + "\n" + logs());
  }
}

void Container::wait_for_log(const std::string& text, int times) const {
  try {
    harness::eventually('"' + text + "\" in the log", [&] { return occurrences(logs(), text) >= times; });
  } catch (const std::runtime_error& timeout) {
    throw std::runtime_error(std::string{timeout.what()} + ":\n" + logs());
  }
}

pid_t Container::init_pid() const {
  const pid_t pid = std::stoi(inspect("{{.State.Pid}}"));
  if (pid == 0) throw std::runtime_error("the container does not run:\n" + logs());
  return client_.outer_pid(pid);
}

void Container::kill(const std::string& signal) const { client_.ask({"kill", "--signal=" + signal, id_}); }

Stopped Container::stop(std::chrono::seconds patience) const {
  const auto begin = harness::Clock::now();
  client_.ask({"stop", "--time=" + std::to_string(patience.count()), id_}, patience + harness::patience);
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(harness::Clock::now() - begin);
  return {std::stoi(inspect("{{.State.ExitCode}}")), elapsed};
}

int Container::wait() const { return std::stoi(client_.ask({"wait", id_})); }

}  // namespace engine
