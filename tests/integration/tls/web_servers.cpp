// The popular web servers and proxies: nginx, HAProxy, Apache and Lighttpd.
#include "stacks.hpp"

namespace tls {
namespace {

using harness::write_file;
using harness::operator/;
using programs::installed;

Words nginx(const TemporaryDirectory& directory, const Setting& setting) {
  const std::string at = directory.path();
  std::string settings =
      setting.plain ? "" : "ssl_certificate " + at + "/certificate; ssl_certificate_key " + at + "/key;\n";
  if (setting.version == Version::only_1_2) settings += "ssl_protocols TLSv1.2;\n";
  if (setting.version == Version::only_1_3) settings += "ssl_protocols TLSv1.3;\n";
  if (setting.group != Group::any) settings += "ssl_ecdh_curve " + group_name(setting.group) + ";\n";
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    settings += "ssl_ciphers " + suite_name_1_2(setting.suite) + ";\n";
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    settings += "ssl_conf_command Ciphersuites " + suite_name_1_3(setting.suite) + ";\n";
  if (setting.client == ClientCertificate::wanted) settings += "ssl_verify_client optional_no_ca;\n";
  std::string paths;
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    paths += std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
  const std::string listen = setting.plain ? "listen 127.0.0.1:8443;\n" : "listen 127.0.0.1:8443 ssl;\n";
  const std::string page = "location / { return 200 \"the service is well\\n\"; }\n";
  std::string servers = "server {\n" + listen + "server_name app.example;\n" + page + "}\n";
  if (setting.only_name)
    servers = "server { listen 127.0.0.1:8443 ssl default_server; ssl_reject_handshake on;\n" + page + "}\n" +
              servers;
  write_file(directory / "nginx.conf", "daemon off;\nerror_log " + at + "/log info;\npid " + at +
                                           "/pid;\nevents {}\nhttp {\naccess_log off;\n" + paths + settings +
                                           servers + "}\n");
  return {installed("nginx"), "-e", "stderr", "-p", at, "-c", directory / "nginx.conf"};
}

Words haproxy(const TemporaryDirectory& directory, const Setting& setting) {
  std::string bind = "127.0.0.1:8443";
  if (!setting.plain) bind += " ssl crt " + (directory / "pair").string();
  if (setting.version == Version::only_1_2) bind += " ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2";
  if (setting.version == Version::only_1_3) bind += " ssl-min-ver TLSv1.3";
  if (setting.group != Group::any) bind += " curves " + group_name(setting.group);
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    bind += " ciphers " + suite_name_1_2(setting.suite);
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    bind += " ciphersuites " + suite_name_1_3(setting.suite);
  const std::string authority = " ca-file " + (directory / "certificate").string();
  if (setting.client == ClientCertificate::wanted) bind += authority + " verify optional";
  if (setting.client == ClientCertificate::required) bind += authority + " verify required";
  if (setting.only_name) bind += " strict-sni";
  write_file(
      directory / "haproxy.cfg",
      "global\n  nbthread 1\n  log stderr local0\ndefaults\n  mode http\n  log global\n"
      "  option dontlog-normal\n  timeout client 60s\n  timeout connect 60s\n  timeout server 60s\n"
      "frontend web\n  bind " +
          bind +
          "\n  http-request return status 200 content-type text/plain string \"the service is well\"\n");
  return {installed("haproxy"), "-f", directory / "haproxy.cfg"};
}

Words apache(const TemporaryDirectory& directory, const Setting& setting) {
  const std::string at = directory.path();
  write_file(directory / "files/index.html", "the service is well\n");
  write_file(directory / "types", "");
  std::string text;
  for (const char* module : {"mpm_event", "authz_core", "dir", "mime", "ssl", "socache_shmcb"})
    text += std::string{"LoadModule "} + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
  text += "ServerName app.example\nPidFile " + at + "/pid\nErrorLog " + at +
          "/log\nLogLevel warn ssl:info\n" + "TypesConfig " + at + "/types\nDefaultRuntimeDir " + at +
          "\nStartServers 1\nDocumentRoot " + at +
          "/files\nDirectoryIndex index.html\nListen 127.0.0.1:8443\n<Directory />\nRequire all "
          "granted\n</Directory>\n";
  if (!setting.plain)
    text += "SSLEngine on\nSSLCertificateFile " + at + "/certificate\nSSLCertificateKeyFile " + at + "/key\n";
  if (setting.version == Version::only_1_2) text += "SSLProtocol TLSv1.2\n";
  if (setting.version == Version::only_1_3) text += "SSLProtocol TLSv1.3\n";
  if (setting.group != Group::any) text += "SSLOpenSSLConfCmd Curves " + group_name(setting.group) + "\n";
  if (setting.suite != Suite::any)
    text += setting.version == Version::only_1_2
                ? "SSLCipherSuite " + suite_name_1_2(setting.suite) + "\n"
                : "SSLCipherSuite TLSv1.3 " + suite_name_1_3(setting.suite) + "\n";
  if (setting.client == ClientCertificate::wanted) text += "SSLVerifyClient optional_no_ca\n";
  if (setting.client == ClientCertificate::required)
    text += "SSLVerifyClient require\nSSLCACertificateFile " + at + "/certificate\n";
  write_file(directory / "apache.conf", text);
  return {installed("apache2"), "-d", at, "-f", directory / "apache.conf", "-DFOREGROUND"};
}

Words lighttpd(const TemporaryDirectory& directory, const Setting& setting) {
  const std::string at = directory.path();
  write_file(directory / "files/index.html", "the service is well\n");
  std::string commands;
  if (setting.version == Version::only_1_2)
    commands += "\"MinProtocol\" => \"TLSv1.2\", \"MaxProtocol\" => \"TLSv1.2\", ";
  if (setting.version == Version::only_1_3) commands += "\"MinProtocol\" => \"TLSv1.3\", ";
  if (setting.group != Group::any) commands += "\"Groups\" => \"" + group_name(setting.group) + "\", ";
  if (setting.suite != Suite::any)
    commands += setting.version == Version::only_1_2
                    ? "\"CipherString\" => \"" + suite_name_1_2(setting.suite) + "\", "
                    : "\"Ciphersuites\" => \"" + suite_name_1_3(setting.suite) + "\", ";
  std::string text =
      "server.document-root = \"" + at +
      "/files\"\nserver.bind = \"127.0.0.1\"\nserver.port = 8443\nserver.errorlog = \"" + at +
      "/log\"\nindex-file.names = (\"index.html\")\nmimetype.assign = (\"\" => \"text/plain\")\n";
  if (!setting.plain)
    text += "server.modules += (\"mod_openssl\")\nssl.engine = \"enable\"\nssl.pemfile = \"" + at +
            "/certificate\"\nssl.privkey = \"" + at + "/key\"\n";
  if (!commands.empty()) text += "ssl.openssl.ssl-conf-cmd = (" + commands + ")\n";
  write_file(directory / "lighttpd.conf", text);
  return {installed("lighttpd"), "-D", "-f", directory / "lighttpd.conf"};
}

constexpr unsigned most = group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | tls_1_3 | http | plain;

}  // namespace

const std::vector<Stack> web_servers{
    {"Nginx", most | name, &nginx, "SSL_"},
    {"Haproxy", most | client_required | name, &haproxy, "rror"},
    {"Apache", most | client_required, &apache, "rror"},
    {"Lighttpd", most & ~unsigned{client_wanted}, &lighttpd, "error:"},
};

}  // namespace tls
