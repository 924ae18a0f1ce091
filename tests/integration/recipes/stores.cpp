#include <signal.h>

#include "harness/proc.hpp"
#include "recipe.hpp"

namespace recipes {
namespace {

using harness::write_file;
using programs::installed;
using programs::with_low_ports;

Service redis(const TemporaryDirectory& directory) {
  return {{installed("redis-server"), "--port", "6379", "--save", "", "--dir", directory.path()}};
}

Service redis_with_password(const TemporaryDirectory& directory) {
  Service service = redis(directory);
  for (const char* word : {"--requirepass", "secret", "--user", "probe", "on", ">other", "+ping"})
    service.command.emplace_back(word);
  return service;
}

Service memcached(const TemporaryDirectory&) {
  return {{installed("memcached"), "-l", "127.0.0.1", "-p", "11211", "-U", "0"}};
}

// The passwd of a container in which the server's user has a name.
harness::ContainerOptions with_name(const TemporaryDirectory& directory, const std::string& name) {
  write_file(directory / "passwd", name + ":x:65532:65532::/:/bin/false\n");
  harness::ContainerOptions container = programs::secluded();
  container.mounts = {{directory / "passwd", "/etc/passwd"}};
  return container;
}

Service postgres(const TemporaryDirectory& directory) {
  const std::string data = directory / "data";
  const harness::ContainerOptions container = with_name(directory, "postgres");
  const harness::Outcome made =
      programs::under_init(
          {}, {installed("initdb"), "--pgdata", data, "--auth=trust", "--no-sync", "--no-locale"}, container)
          .wait(std::chrono::seconds{90});
  if (made.status != 0) throw std::runtime_error("initdb: " + made.err);
  return {{installed("postgres"), "-D", data, "-k", directory.path(), "-c", "listen_addresses=localhost",
           "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "dynamic_shared_memory_type=mmap"},
          container};
}

// The server waits for its last session, and still listens, but lets nobody in.
void shut_down_with_a_session(harness::Container& container, const TemporaryDirectory& directory,
                              std::vector<harness::Process>& companions) {
  companions.push_back(harness::Process{
      {installed("psql"), "--no-psqlrc", "--host", directory.path(), "--username", "postgres"},
      {.input = harness::Input::pipe}});
  companions.back().type("SELECT 'session is open';\n");
  companions.back().wait_for_line("session is open");
  ::kill(programs::program_in(container), SIGTERM);
  container.init().wait_for_line("received smart shutdown request", harness::Stream::err);
}

Service mariadb(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  return {{installed("mariadbd"), "--no-defaults", "--datadir=" + at, "--socket=" + at + "/socket",
           "--bind-address=127.0.0.1", "--skip-grant-tables", "--skip-networking=0",
           "--innodb-buffer-pool-size=8M", "--innodb-log-file-size=4M", "--pid-file=" + at + "/pid",
           "--lc-messages-dir=/usr/share/mysql"},
          with_name(directory, "mysql")};
}

Service etcd(const TemporaryDirectory& directory) {
  return {{installed("etcd"), "--data-dir", directory / "data", "--unsafe-no-fsync"}};
}

Service slapd(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(directory / "slapd.conf", "include /etc/ldap/schema/core.schema\npidfile " + at +
                                           "/pid\nargsfile " + at +
                                           "/args\ndatabase ldif\nsuffix \"dc=example\"\n"
                                           "directory " +
                                           at + "\nrootdn \"cn=admin,dc=example\"\n");
  return {{installed("slapd"), "-d", "0", "-f", at + "/slapd.conf", "-h", "ldap://127.0.0.1:389/"},
          with_low_ports()};
}

Service nats(const TemporaryDirectory&) {
  return {{installed("nats-server"), "-a", "127.0.0.1", "-m", "8222"}};
}

Service mosquitto(const TemporaryDirectory& directory) {
  write_file(directory / "mosquitto.conf", "listener 1883 127.0.0.1\nallow_anonymous true\n");
  return {{installed("mosquitto"), "-c", directory / "mosquitto.conf"}};
}

// Its scripts in /usr/sbin would change to the user rabbitmq.
Service rabbitmq(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(directory / "rabbitmq.conf",
             "listeners.tcp.1 = 127.0.0.1:5672\nlog.console = true\nlog.connection.level = error\n");
  Service service{{"/usr/lib/rabbitmq/bin/rabbitmq-server"}};
  service.container.process.environment = {"HOME=" + at,
                                           "RABBITMQ_NODENAME=rabbit@localhost",
                                           "RABBITMQ_MNESIA_BASE=" + at + "/data",
                                           "RABBITMQ_PID_FILE=" + at + "/pid",
                                           "RABBITMQ_LOGS=-",
                                           "RABBITMQ_LOG_BASE=" + at,
                                           "RABBITMQ_CONFIG_FILE=" + at + "/rabbitmq.conf",
                                           "RABBITMQ_ENABLED_PLUGINS_FILE=" + at + "/plugins"};
  return service;
}

Service prometheus(const TemporaryDirectory& directory) {
  write_file(directory / "prometheus.yml", "{}\n");
  return {{installed("prometheus"), "--config.file=" + (directory / "prometheus.yml").string(),
           "--storage.tsdb.path=" + (directory / "data").string(), "--web.listen-address=127.0.0.1:9090"}};
}

}  // namespace

const std::vector<Row> stores{
    {"Redis", &redis},
    {"Redis with a password", &redis_with_password, {"REDIS_PASSWORD=secret", "PROBE_PASSWORD=other"}},
    {"PostgreSQL", &postgres, {}, &shut_down_with_a_session, "an answer came, but not the expected text"},
    {"MariaDB and MySQL", &mariadb},
    {"memcached", &memcached},
    {"etcd", &etcd},
    {"Prometheus", &prometheus},
    {"OpenLDAP", &slapd},
    {"NATS", &nats},
    {"Mosquitto", &mosquitto},
    {"RabbitMQ", &rabbitmq},
};

}  // namespace recipes
