#include "nginx.hpp"

namespace programs {

Words Nginx::command() const {
  // -e: before it reads the configuration, Debian's build would write to /var/log.
  return {installed("nginx"), "-e", "stderr", "-p", directory_.path(), "-c", directory_ / "nginx.conf"};
}

void Nginx::configure(std::string_view answer) const {
  write("location / { return 200 \"" + std::string{answer} + "\"; }\n" +
        "location /slow { proxy_pass http://unix:" + application() + "; }\n");
}

void Nginx::proxy_to(int port) const {
  write("location / { proxy_pass http://127.0.0.1:" + std::to_string(port) + "; }\n");
}

void Nginx::write(std::string_view locations) const {
  const std::string directory = directory_.path();
  std::string text = daemon_ == Daemon::off ? "daemon off;\n" : "daemon on;\n";
  text += "worker_processes 2;\nerror_log stderr notice;\npid " + directory + "/pid;\n";
  text += "events { worker_connections 64; }\nhttp {\naccess_log " + access_log() + ";\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text += std::string{kind} + "_temp_path " + directory + "/" + kind + ";\n";
  }
  text += "server {\nlisten unix:" + socket() + ";\n" + std::string{locations} + "}\n}\n";
  harness::write_file(directory_ / "nginx.conf", text);
}

}  // namespace programs
