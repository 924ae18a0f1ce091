#include <signal.h>

#include "recipe.hpp"

namespace recipes {
namespace {

using harness::write_file;
using programs::installed;

Service nginx(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  std::string text =
      "daemon off;\nerror_log stderr;\npid " + at + "/pid;\nevents {}\nhttp {\naccess_log off;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text += std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
  write_file(
      directory / "nginx.conf",
      text + "server { listen 127.0.0.1:8080; location = /healthz { access_log off; return 200; } }\n}\n");
  return {{installed("nginx"), "-e", "stderr", "-p", at, "-c", directory / "nginx.conf"}};
}

Service apache(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  std::string text;
  for (const char* module : {"mpm_event", "authz_core", "authz_host", "status"})
    text += std::string{"LoadModule "} + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
  write_file(directory / "apache.conf",
             text + "ServerName localhost\nListen 127.0.0.1:8080\nPidFile " + at +
                 "/pid\nDefaultRuntimeDir " + at +
                 "\nErrorLog /dev/stderr\nStartServers 1\n"
                 "<Location /server-status>\nSetHandler server-status\nRequire local\n</Location>\n");
  return {{installed("apache2"), "-d", at, "-f", directory / "apache.conf", "-DFOREGROUND"}};
}

Service haproxy_that(const TemporaryDirectory& directory, const std::string& binds) {
  write_file(directory / "haproxy.cfg",
             "global\n  nbthread 1\ndefaults\n  mode http\n  timeout client 60s\n  timeout connect 60s\n"
             "  timeout server 60s\nfrontend web\n  bind 127.0.0.1:8080" +
                 binds + "\n  monitor-uri /healthz\n");
  return {{installed("haproxy"), "-f", directory / "haproxy.cfg"}};
}

Service haproxy(const TemporaryDirectory& directory) { return haproxy_that(directory, ""); }
Service haproxy_with_proxy(const TemporaryDirectory& directory) {
  return haproxy_that(directory, " accept-proxy");
}

Service caddy(const TemporaryDirectory& directory) {
  write_file(directory / "Caddyfile",
             "{\n  admin off\n}\nhttp://localhost:8080 {\n  respond /healthz 200\n}\n");
  Service service{{installed("caddy"), "run", "--config", directory / "Caddyfile"}};
  service.container.process.environment = {"HOME=" + directory.path().string()};
  return service;
}

Service varnish(const TemporaryDirectory& directory) {
  write_file(directory / "default.vcl",
             "vcl 4.1;\nbackend none { .host = \"127.0.0.1\"; .port = \"9\"; }\n"
             "sub vcl_recv { if (req.url == \"/healthz\") { return (synth(200)); } }\n");
  return {{installed("varnishd"), "-F", "-j", "none", "-n", directory / "work", "-a", "127.0.0.1:6081", "-f",
           directory / "default.vcl", "-s", "malloc,4m"}};
}

Service squid(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(directory / "squid.conf",
             "http_port 127.0.0.1:3128\nvisible_hostname localhost\nhttp_access allow localhost manager\n"
             "http_access deny all\npid_filename " +
                 at +
                 "/pid\ncache_log /dev/null\naccess_log none\n"
                 "cache_store_log none\ncoredump_dir " +
                 at + "\nnetdb_filename none\n");
  return {{installed("squid"), "--foreground", "-f", directory / "squid.conf"}};
}

Service tomcat(const TemporaryDirectory& directory) {
  for (const char* name : {"conf", "logs", "temp", "work"})
    std::filesystem::create_directory(directory / name);
  write_file(directory / "webapps/healthz/index.html", "well\n");
  write_file(
      directory / "conf/server.xml",
      "<Server port='-1'><Service name='Catalina'><Connector address='127.0.0.1' port='8080'/>"
      "<Engine name='Catalina' defaultHost='localhost'><Host name='localhost' appBase='webapps'/></Engine>"
      "</Service></Server>\n");
  write_file(directory / "conf/context.xml", "<Context><JarScanner scanClassPath='false'/></Context>\n");
  std::filesystem::copy("/etc/tomcat10/web.xml", directory / "conf/web.xml");
  const std::string home = "/usr/share/tomcat10";
  return {{installed("java"), "-XX:TieredStopAtLevel=1", "-Dcatalina.home=" + home,
           "-Dcatalina.base=" + directory.path().string(),
           "-Djava.io.tmpdir=" + (directory / "temp").string(), "-cp",
           home + "/bin/bootstrap.jar:" + home + "/bin/tomcat-juli.jar",
           "org.apache.catalina.startup.Bootstrap", "start"}};
}

}  // namespace

const std::vector<Row> proxies{
    {"nginx", &nginx},     {"Apache", &apache},
    {"HAProxy", &haproxy}, {"HAProxy with the PROXY protocol", &haproxy_with_proxy},
    {"Caddy", &caddy},     {"Varnish", &varnish},
    {"Squid", &squid},     {"Tomcat", &tomcat},
};

}  // namespace recipes
