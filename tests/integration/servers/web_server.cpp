#include "web_server.hpp"

#include <stdexcept>

#include "harness/process.hpp"

namespace servers {
namespace {

using harness::TemporaryDirectory;
using harness::write_file;
using programs::installed;
using harness::operator/;

// "probe:secret", hashed with crypt(3).
std::string password_entry() {
  const harness::Outcome outcome =
      harness::run({installed("openssl"), "passwd", "-6", "-salt", "salt", "secret"});
  if (outcome.status != 0) throw std::runtime_error("openssl: " + outcome.err);
  return "probe:" + outcome.out;
}

void make_certificate(const TemporaryDirectory& directory) {
  const harness::Outcome outcome =
      harness::run({installed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-days", "1",
                    "-keyout", directory / "key", "-out", directory / "certificate"});
  if (outcome.status != 0) throw std::runtime_error("openssl: " + outcome.err);
}

Words nginx(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  make_certificate(directory);
  write_file(directory / "passwords", password_entry());
  write_file(directory / "files/chunked", "the service <!--# echo var=\"a\" default=\"is\" --> well\n");
  std::string paths;
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    paths += std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
  write_file(
      directory / "nginx.conf",
      "daemon off;\nerror_log " + at + "/log info;\npid " + at +
          "/pid;\nevents {}\nhttp {\naccess_log off;\n" + paths +
          "gzip on; gzip_min_length 0; gzip_types text/plain; default_type text/plain; keepalive_timeout "
          "60s;\n"
          "server {\nlisten 127.0.0.1:8080; listen [::1]:8080; listen 127.0.0.1:8443 ssl;\n"
          "listen 127.0.0.1:8082 http2; listen unix:" +
          at + "/web;\nssl_certificate " + at + "/certificate; ssl_certificate_key " + at +
          "/key;\n"
          "location = /ok { return 200 \"the service is well\\n\"; }\n"
          "location = /broken { return 503; }\n"
          "location = /moved { return 301 http://127.0.0.1:9000/trap; }\n"
          "location = /chunked { root " +
          at +
          "/files; ssi on; ssi_types text/plain; }\n"
          "location = /headers { add_header X-Large " +
          std::string(3000, 'x') +
          "; return 200; }\n"
          "location = /private { auth_basic private; auth_basic_user_file " +
          at +
          "/passwords; try_files /none @well; }\nlocation @well { return 200; }\n"
          "location = /host { return 421; }\n}\n"
          "server { listen 127.0.0.1:8080; listen [::1]:8080; listen unix:" +
          at + "/web; server_name app.example; location = /host { return 200; } }\n}\n");
  return {installed("nginx"), "-e", "stderr", "-p", at, "-c", directory / "nginx.conf"};
}

Words apache(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  make_certificate(directory);
  write_file(directory / "passwords", password_entry());
  write_file(directory / "files/ok", "the service is well\n");
  write_file(directory / "files/private", "");
  write_file(directory / "other/host", "");
  std::string text;
  for (const char* module : {"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user",
                             "auth_basic", "alias", "deflate", "filter", "mime", "ssl", "socache_shmcb"})
    text += std::string{"LoadModule "} + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
  write_file(directory / "types", "");
  write_file(
      directory / "apache.conf",
      text + "ServerName localhost\nPidFile " + at + "/pid\nErrorLog " + at + "/log\nTypesConfig " + at +
          "/types\nForceType text/plain\nSetOutputFilter DEFLATE\nKeepAliveTimeout 60\nDefaultRuntimeDir " +
          at + "\nStartServers 1\nDocumentRoot " + at +
          "/files\nListen 127.0.0.1:8080\nListen [::1]:8080\nListen 127.0.0.1:8443 https\n"
          "<Directory />\nRequire all granted\n</Directory>\n"
          "Redirect 301 /moved http://127.0.0.1:9000/trap\nRedirect 503 /broken\n"
          "<Location /private>\nAuthType Basic\nAuthName private\nAuthUserFile " +
          at +
          "/passwords\nRequire valid-user\n</Location>\n"
          "<VirtualHost *:8080>\nRedirect 421 /host\n</VirtualHost>\n"
          "<VirtualHost *:8080>\nServerName app.example\nDocumentRoot " +
          at +
          "/other\n</VirtualHost>\n"
          "<VirtualHost *:8443>\nSSLEngine on\nSSLCertificateFile " +
          at + "/certificate\nSSLCertificateKeyFile " + at + "/key\n</VirtualHost>\n");
  return {installed("apache2"), "-d", at, "-f", directory / "apache.conf", "-DFOREGROUND"};
}

Words haproxy(const TemporaryDirectory& directory) {
  make_certificate(directory);
  write_file(directory / "pair",
             harness::read_file(directory / "certificate") + harness::read_file(directory / "key"));
  write_file(directory / "haproxy.cfg",
             "global\n  nbthread 1\ndefaults\n  mode http\n  timeout client 60s\n  timeout connect 60s\n"
             "  timeout server 60s\nuserlist users\n  user probe insecure-password secret\n"
             "frontend web\n  bind 127.0.0.1:8080\n  bind ::1:8080\n  bind unix@" +
                 (directory / "web").string() + "\n  bind 127.0.0.1:8443 ssl crt " +
                 (directory / "pair").string() +
                 "\n  monitor-uri /monitor\n"
                 "  http-request return status 200 content-type text/plain string \"the service is well\" if "
                 "{ path /ok }\n"
                 "  http-request return status 503 if { path /broken }\n"
                 "  http-request redirect location http://127.0.0.1:9000/trap code 301 if { path /moved }\n"
                 "  http-request auth if { path /private } !{ http_auth(users) }\n"
                 "  http-request return status 200 if { path /private }\n"
                 "  http-request return status 200 if { path /host } { req.hdr(host) app.example }\n"
                 "  http-request return status 421 if { path /host }\n"
                 "  http-request return status 200 hdr X-Large " +
                 std::string(3000, 'x') +
                 " if { path /headers }\n"
                 "  http-request return status 404\n");
  return {installed("haproxy"), "-f", directory / "haproxy.cfg"};
}

Words lighttpd(const TemporaryDirectory& directory) {
  const std::string at = directory.path();
  write_file(directory / "passwords", "probe:secret\n");
  write_file(directory / "files/ok", "the service is well\n");
  write_file(directory / "files/private", "");
  write_file(directory / "files/chunked.cgi",
             "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nthe service is well\\n'\n");
  write_file(directory / "files/broken.cgi", "#!/bin/sh\nprintf 'Status: 503\\n\\n'\n");
  write_file(
      directory / "lighttpd.conf",
      "server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_redirect\", \"mod_rewrite\", \"mod_cgi\")\n"
      "server.document-root = \"" +
          at +
          "/files\"\nserver.bind = \"127.0.0.1\"\nserver.port = 8080\n"
          "$SERVER[\"socket\"] == \"[::1]:8080\" { }\n$SERVER[\"socket\"] == \"" +
          at +
          "/web\" { }\n"
          "server.errorlog = \"" +
          at +
          "/log\"\nserver.stream-response-body = 2\n"
          "mimetype.assign = (\"\" => \"text/plain\")\nserver.feature-flags = (\"server.h2proto\" => "
          "\"disable\")\n"
          "url.redirect = (\"^/moved$\" => \"http://127.0.0.1:9000/trap\")\n"
          "url.rewrite-once = (\"^/(chunked|broken)$\" => \"/$1.cgi\")\ncgi.assign = (\".cgi\" => "
          "\"/bin/sh\")\n"
          "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"" +
          at +
          "/passwords\"\n"
          "auth.require = (\"/private\" => (\"method\" => \"basic\", \"realm\" => \"private\", \"require\" "
          "=> \"valid-user\"))\n");
  return {installed("lighttpd"), "-D", "-f", directory / "lighttpd.conf"};
}

Words node(const TemporaryDirectory& directory) {
  return {installed("node"), SOURCES "/server.js", directory / "web"};
}

Words python(const TemporaryDirectory& directory) {
  return {"/usr/bin/python3", SOURCES "/server.py", directory / "web"};
}

Words go(const TemporaryDirectory& directory) { return {GO_SERVER, directory / "web"}; }

Words java(const TemporaryDirectory&) {
  return {installed("java"), "-XX:TieredStopAtLevel=1", SOURCES "/Server.java"};
}

}  // namespace

const std::vector<WebServer> web_servers{
    {"Nginx",
     unix_socket | chunked | authentication | hosts | large_headers | compression | tls_in_clear | http2,
     &nginx, "closed"},
    {"Apache", authentication | hosts | compression | tls_in_clear, &apache, "core:error"},
    {"Haproxy", unix_socket | authentication | hosts | large_headers | all_methods | tls, &haproxy, "error"},
    {"Lighttpd", unix_socket | chunked | authentication, &lighttpd, "error"},
    {"Node", everything_scripted, &node, "rror"},
    {"Python", everything_scripted | http1_0, &python, "Traceback"},
    {"Go", everything_scripted, &go, "http:"},
    {"Java", (everything_scripted & ~unsigned{unix_socket}), &java, "xception"},
};

}  // namespace servers
