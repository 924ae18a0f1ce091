#include "cluster.hpp"

#include <stdexcept>

namespace programs {

using namespace std::chrono_literals;

Cluster::Cluster(const std::string& addresses) {
  // initdb needs a name for the user that it runs as.
  harness::write_file(directory_ / "passwd", "postgres:x:65532:65532::/:/bin/false\n");
  const Words command{installed("initdb"), "--pgdata", data(), "--auth", "trust", "--no-sync", "--no-locale"};
  // It takes seconds of work on one processor, and longer if others compete for it.
  const harness::Outcome outcome = under_init({}, command, container()).wait(90s);
  if (outcome.status != 0) throw std::runtime_error("initdb: " + outcome.out + outcome.err);
  // Logs without times, so that two logs can be compared. No test crashes the machine.
  harness::write_file(directory_ / "data/postgresql.conf",
                      "listen_addresses = '" + addresses + "'\nunix_socket_directories = '" +
                          directory_.path().string() +
                          "'\ndynamic_shared_memory_type = mmap\nlog_line_prefix = ''\n"
                          "log_checkpoints = off\nfsync = off\nshared_buffers = 16MB\n");
}

harness::ContainerOptions Cluster::container() const {
  harness::ContainerOptions options = secluded();
  options.mounts = {{directory_ / "passwd", "/etc/passwd"}};
  return options;
}

harness::Container Cluster::start_server(Parent parent) const {
  const Words command{installed("postgres"), "-D", data()};
  return parent == Parent::init ? under_init({}, command, container())
                                : harness::Container{command, container()};
}

Words Cluster::client() const {
  return {installed("psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--host",
          directory_.path(), "--username",  "postgres",      "postgres"};
}

harness::Process Cluster::start_session() const {
  return harness::Process{client(), {.environment = {"LC_ALL=C"}, .input = harness::Input::pipe}};
}

harness::Outcome Cluster::query(const std::string& statement) const {
  Words command = client();
  command.insert(command.begin() + 1, {"--command", statement});
  return harness::run(command, {.environment = {"LC_ALL=C"}});
}

}  // namespace programs
