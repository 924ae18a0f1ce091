// The popular web servers: nginx, Apache and Lighttpd. One process of each has all the listeners.
#include "stacks.hpp"

namespace tls {
namespace {

using harness::write_file;
using harness::operator/;
using programs::installed;

std::string nginx_server(const Listener& listener) {
  const Setting& setting = listener.setting;
  const std::string listen = "listen 127.0.0.1:" + listener.port + (setting.plain ? "" : " ssl");
  const std::string page = "location / { return 200 \"the service is well\\n\"; }\n";
  std::string settings;
  if (!setting.plain)
    settings += "ssl_certificate " + listener.file("certificate") + ";\nssl_certificate_key " +
                listener.file("key") + ";\n";
  if (setting.version == Version::only_1_2) settings += "ssl_protocols TLSv1.2;\n";
  if (setting.version == Version::only_1_3) settings += "ssl_protocols TLSv1.3;\n";
  if (setting.group != Group::any)
    settings += std::string{"ssl_ecdh_curve "} + names(setting.group).openssl + ";\n";
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    settings += "ssl_ciphers " + suite_name_1_2(setting.suite) + ";\n";
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    settings += "ssl_conf_command Ciphersuites " + suite_name_1_3(setting.suite) + ";\n";
  if (setting.client == ClientCertificate::wanted) settings += "ssl_verify_client optional_no_ca;\n";
  const std::string server =
      "server {\n" + listen + ";\nserver_name app.example;\n" + settings + page + "}\n";
  if (!setting.only_name) return server;
  return "server {\n" + listen + " default_server;\nssl_reject_handshake on;\n" + page + "}\n" + server;
}

std::vector<Words> nginx(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string at = directory.path();
  std::string text = "daemon off;\nerror_log " + at + "/log info;\npid " + at +
                     "/pid;\nevents {}\nhttp {\naccess_log off;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text += std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
  for (const Listener& listener : listeners) text += nginx_server(listener);
  write_file(directory / "nginx.conf", text + "}\n");
  return {{installed("nginx"), "-e", "stderr", "-p", at, "-c", directory / "nginx.conf"}};
}

std::string apache_host(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string text =
      "Listen 127.0.0.1:" + listener.port + "\n<VirtualHost 127.0.0.1:" + listener.port + ">\n";
  if (!setting.plain)
    text += "SSLEngine on\nSSLCertificateFile " + listener.file("certificate") + "\nSSLCertificateKeyFile " +
            listener.file("key") + "\n";
  if (setting.version == Version::only_1_2) text += "SSLProtocol TLSv1.2\n";
  if (setting.version == Version::only_1_3) text += "SSLProtocol TLSv1.3\n";
  if (setting.group != Group::any)
    text += std::string{"SSLOpenSSLConfCmd Curves "} + names(setting.group).openssl + "\n";
  if (setting.suite != Suite::any)
    text += setting.version == Version::only_1_2
                ? "SSLCipherSuite " + suite_name_1_2(setting.suite) + "\n"
                : "SSLCipherSuite TLSv1.3 " + suite_name_1_3(setting.suite) + "\n";
  if (setting.client == ClientCertificate::wanted) text += "SSLVerifyClient optional_no_ca\n";
  if (setting.client == ClientCertificate::required)
    text += "SSLVerifyClient require\nSSLCACertificateFile " + listener.file("certificate") + "\n";
  return text + "</VirtualHost>\n";
}

std::vector<Words> apache(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string at = directory.path();
  write_file(directory / "files/index.html", "the service is well\n");
  write_file(directory / "types", "");
  std::string text;
  for (const char* module : {"mpm_event", "authz_core", "dir", "mime", "ssl", "socache_shmcb"})
    text += std::string{"LoadModule "} + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
  text += "ServerName app.example\nPidFile " + at + "/pid\nErrorLog " + at +
          "/log\nLogLevel warn ssl:info\nTypesConfig " + at + "/types\nDefaultRuntimeDir " + at +
          "\nStartServers 1\nDocumentRoot " + at +
          "/files\nDirectoryIndex index.html\n<Directory />\nRequire all granted\n</Directory>\n";
  for (const Listener& listener : listeners) text += apache_host(listener);
  write_file(directory / "apache.conf", text);
  return {{installed("apache2"), "-d", at, "-f", directory / "apache.conf", "-DFOREGROUND"}};
}

std::string lighttpd_socket(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string commands;
  if (setting.version == Version::only_1_2)
    commands += "\"MinProtocol\" => \"TLSv1.2\", \"MaxProtocol\" => \"TLSv1.2\", ";
  if (setting.version == Version::only_1_3) commands += "\"MinProtocol\" => \"TLSv1.3\", ";
  if (setting.group != Group::any)
    commands += std::string{"\"Groups\" => \""} + names(setting.group).openssl + "\", ";
  if (setting.suite != Suite::any)
    commands += setting.version == Version::only_1_2
                    ? "\"CipherString\" => \"" + suite_name_1_2(setting.suite) + "\", "
                    : "\"Ciphersuites\" => \"" + suite_name_1_3(setting.suite) + "\", ";
  std::string text = "$SERVER[\"socket\"] == \"127.0.0.1:" + listener.port + "\" {\n";
  if (!setting.plain)
    text += "ssl.engine = \"enable\"\nssl.pemfile = \"" + listener.file("certificate") +
            "\"\nssl.privkey = \"" + listener.file("key") + "\"\n";
  if (!commands.empty()) text += "ssl.openssl.ssl-conf-cmd = (" + commands + ")\n";
  return text + "}\n";
}

std::vector<Words> lighttpd(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string at = directory.path();
  write_file(directory / "files/index.html", "the service is well\n");
  std::string text =
      "server.modules += (\"mod_openssl\")\nserver.document-root = \"" + at +
      "/files\"\nserver.bind = \"127.0.0.1\"\nserver.port = " + listeners.front().port +
      "\nserver.errorlog = \"" + at +
      "/log\"\nindex-file.names = (\"index.html\")\nmimetype.assign = (\"\" => \"text/plain\")\n";
  for (const Listener& listener : listeners) text += lighttpd_socket(listener);
  write_file(directory / "lighttpd.conf", text);
  return {{installed("lighttpd"), "-D", "-f", directory / "lighttpd.conf"}};
}

constexpr unsigned most = group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | tls_1_3 | http | plain;

}  // namespace

const std::vector<Stack> web_servers{
    {"Nginx", most | name_required, &nginx, "SSL_", {"nginx", "-v"}},
    {"Apache", most | client_required, &apache, "rror", {"apache2", "-v"}},
    {"Lighttpd", most & ~unsigned{client_wanted}, &lighttpd, "error:", {"lighttpd", "-v"}},
};

}  // namespace tls
