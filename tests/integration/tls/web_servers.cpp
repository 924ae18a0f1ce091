// The popular web servers: nginx, Apache and Lighttpd, the last with three libraries. One process of each has
// all the listeners.
#include <algorithm>

#include "stacks.hpp"

namespace tls {
namespace {

using harness::write_file;
using harness::operator/;
using programs::installed;

// 444 is nginx's own: it closes without an answer.
std::string nginx_answer(const Setting& setting) {
  if (setting.unanswered) return "return 444;";
  std::string text;
  for (int i = 0; i < 100; ++i) text += "the service is well\\n";
  return "return 200 \"" + text + "\";";
}

std::string nginx_server(const Listener& listener) {
  const Setting& setting = listener.setting;
  const std::string listen = "listen 127.0.0.1:" + listener.port + (setting.plain ? "" : " ssl");
  const std::string page = "location / { " + nginx_answer(setting) + " }\n";
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
  if (setting.padded) settings += "ssl_conf_command RecordPadding 512;\n";
  if (setting.small_records) settings += "ssl_buffer_size 512;\n";
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
  if (setting.padded) text += "SSLOpenSSLConfCmd RecordPadding 512\n";
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

struct Module {
  const char* name;
  bool standard_names;  // of groups and cipher suites, not OpenSSL's
};
constexpr Module mod_openssl{"mod_openssl", false};
constexpr Module mod_mbedtls{"mod_mbedtls", true};
constexpr Module mod_wolfssl{"mod_wolfssl", false};

std::string mbedtls_suite_name(Suite suite) {
  std::string name = standard_suite_name_1_2(suite);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string lighttpd_commands(const Module& module, const Setting& setting) {
  std::string commands;
  if (setting.version == Version::only_1_2)
    commands += "\"MinProtocol\" => \"TLSv1.2\", \"MaxProtocol\" => \"TLSv1.2\", ";
  if (setting.version == Version::only_1_3) commands += "\"MinProtocol\" => \"TLSv1.3\", ";
  if (setting.group != Group::any)
    commands += std::string{"\"Groups\" => \""} +
                (module.standard_names ? names(setting.group).standard : names(setting.group).openssl) +
                "\", ";
  if (setting.suite != Suite::any)
    commands += setting.version == Version::only_1_3
                    ? "\"Ciphersuites\" => \"" + suite_name_1_3(setting.suite) + "\", "
                    : "\"CipherString\" => \"" +
                          (module.standard_names ? mbedtls_suite_name(setting.suite)
                                                 : suite_name_1_2(setting.suite)) +
                          "\", ";
  if (setting.padded) commands += "\"RecordPadding\" => \"512\", ";
  return commands;
}

std::string lighttpd_socket(const Module& module, const Listener& listener) {
  const Setting& setting = listener.setting;
  const std::string commands = lighttpd_commands(module, setting);
  std::string text = "$SERVER[\"socket\"] == \"127.0.0.1:" + listener.port + "\" {\n";
  if (!setting.plain)
    text += "ssl.engine = \"enable\"\nssl.pemfile = \"" + listener.file("certificate") +
            "\"\nssl.privkey = \"" + listener.file("key") + "\"\n";
  if (setting.client != ClientCertificate::none)
    text += "ssl.verifyclient.activate = \"enable\"\nssl.verifyclient.enforce = \"" +
            std::string{setting.client == ClientCertificate::required ? "enable" : "disable"} +
            "\"\nssl.verifyclient.ca-file = \"" + listener.file("certificate") + "\"\n";
  if (!commands.empty()) text += "ssl.openssl.ssl-conf-cmd = (" + commands + ")\n";
  return text + "}\n";
}

template <const Module& module>
std::vector<Words> lighttpd(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string at = directory.path();
  write_file(directory / "files/index.html", "the service is well\n");
  std::string text =
      std::string{"server.modules += (\""} + module.name + "\")\nserver.document-root = \"" + at +
      "/files\"\nserver.bind = \"127.0.0.1\"\nserver.port = " + listeners.front().port +
      "\nserver.errorlog = \"" + at +
      "/log\"\nindex-file.names = (\"index.html\")\nmimetype.assign = (\"\" => \"text/plain\")\n";
  for (const Listener& listener : listeners) text += lighttpd_socket(module, listener);
  write_file(directory / "lighttpd.conf", text);
  return {{installed("lighttpd"), "-D", "-f", directory / "lighttpd.conf"}};
}

constexpr unsigned most = group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | tls_1_3 | http | plain;

}  // namespace

const std::vector<Stack> web_servers{
    {"Nginx", most | name_required | small_records | padded | unanswered, &nginx, "SSL_", {"nginx", "-v"}},
    {"Apache", most | client_required | padded, &apache, "rror", {"apache2", "-v"}},
    {"Lighttpd", most | client_required | padded, &lighttpd<mod_openssl>, "error:", {"lighttpd", "-v"}},
    {"MbedTls",
     group | suite_1_2 | client_wanted | client_required | http | plain,
     &lighttpd<mod_mbedtls>,
     "MTLS: mod_mbedtls_ssl_",
     {"dpkg-query", "-W", "libmbedtls*"}},
    {"WolfSsl",
     suite_1_2 | client_wanted | client_required | tls_1_3 | http | plain,
     &lighttpd<mod_wolfssl>,
     "SSL: -",
     {"dpkg-query", "-W", "libwolfssl*"}},
};

}  // namespace tls
