#include "recipe.hpp"

namespace recipes {
namespace {

using harness::write_file;
using programs::as_root;
using programs::installed;
using programs::with_low_ports;

Service postfix(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(
      directory / "postfix/main.cf",
      "compatibility_level = 3.6\nmyhostname = mail.example\nmydestination =\ninet_interfaces = 127.0.0.1\n"
      "inet_protocols = ipv4\nqueue_directory = /var/spool/postfix\nmaillog_file = /dev/stdout\n"
      "smtpd_recipient_restrictions = reject\nalias_maps =\nalias_database =\n");
  write_file(directory / "postfix/master.cf",
             "smtp inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\nanvil unix - - n - 1 anvil\n"
             "rewrite unix - - n - - trivial-rewrite\nproxymap unix - - n - - proxymap\n");
  Service service{{installed("postfix"), "-c", at + "/postfix", "start-fg"}, as_root()};
  service.container.mounts = {{"", "/var/spool/postfix"}, {"", "/var/lib/postfix"}};
  return service;
}

Service vsftpd(const TemporaryDirectory& directory) {
  write_file(directory / "vsftpd.conf",
             "listen=YES\nlisten_address=127.0.0.1\nbackground=NO\nanonymous_enable=YES\nlocal_enable=NO\n"
             "secure_chroot_dir=" +
                 (directory / "empty").string() + "\nxferlog_enable=NO\n");
  std::filesystem::create_directory(directory / "empty");
  return {{installed("vsftpd"), directory / "vsftpd.conf"}, as_root()};
}

Service sshd(const TemporaryDirectory& directory) {
  const std::string key = directory / "key";
  const Words make{installed("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key};
  if (harness::run(make).status != 0) throw std::runtime_error("ssh-keygen failed");
  std::filesystem::create_directories(directory / "run/sshd");
  Service service{{installed("sshd"), "-D", "-e", "-f", "/dev/null", "-h", key, "-o",
                   "ListenAddress=127.0.0.1:22", "-o", "PidFile=none"},
                  as_root()};
  service.container.mounts = {{directory / "run", "/run"}};
  return service;
}

Service bind(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(directory / "zone",
             "@ 60 SOA localhost. root.localhost. 1 60 60 60 60\n@ 60 NS localhost.\n@ 60 A 127.0.0.1\n");
  write_file(directory / "named.conf",
             "options { directory \"" + at +
                 "\"; pid-file none; session-keyfile none; listen-on { 127.0.0.1; };\n"
                 "listen-on-v6 { none; }; recursion no; };\ncontrols { };\n"
                 "zone \"localhost\" { type master; file \"" +
                 at + "/zone\"; };\n");
  return {{installed("named"), "-f", "-n", "1", "-c", directory / "named.conf"}, with_low_ports()};
}

Service unbound(const TemporaryDirectory& directory) {
  write_file(directory / "unbound.conf",
             "server:\n  interface: 127.0.0.1\n  username: \"\"\n  chroot: \"\"\n  directory: \"" +
                 directory.path().string() +
                 "\"\n  pidfile: \"\"\n  use-syslog: no\n"
                 "remote-control:\n  control-enable: no\n");
  return {{installed("unbound"), "-d", "-p", "-c", directory / "unbound.conf"}, with_low_ports()};
}

}  // namespace

const std::vector<Row> daemons{
    {"Postfix", &postfix}, {"vsftpd", &vsftpd}, {"OpenSSH", &sshd}, {"BIND", &bind}, {"Unbound", &unbound},
};

}  // namespace recipes
