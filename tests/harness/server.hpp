// Server: a scripted peer on a socket that plays a service for a probe.
//
//   Server server{Listener::ipv4(), [](Connection& probe) {
//     probe.read_until("\r\n\r\n");
//     probe.write("HTTP/1.1 200 OK\r\n\r\n");
//   }};
//   EXPECT_EQ(run({shipped("healthcheck"), server.url("/healthz")}).status, 0);
//   EXPECT_EQ(server.received(), "GET /healthz HTTP/1.1\r\n...");
//
// Each connection runs the script in its own thread and is closed at the end of it. Whatever a script waits
// for, the server's end interrupts it; if the probe ends the connection, the script ends without an error.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "harness/deadline.hpp"
#include "harness/descriptor.hpp"

namespace harness {

// A listening socket on an ephemeral port. Without a Server, connections are accepted and nothing answers.
class Listener {
 public:
  static Listener ipv4();  // 127.0.0.1
  static Listener ipv6();  // ::1
  static Listener unix_socket(const std::string& path);

  int descriptor() const { return socket_.get(); }
  int port() const { return port_; }
  // 127.0.0.1:PORT, [::1]:PORT or the path.
  const std::string& address() const { return address_; }

 private:
  Listener(Descriptor socket, int port, std::string address);

  Descriptor socket_;
  int port_;
  std::string address_;
};

// A port of 127.0.0.1 on which no process listens.
int closed_port();

enum class End { closed, reset };

class Connection {
 public:
  Connection(Descriptor socket, int stop);

  std::string read_until(std::string_view text);  // including the text
  std::string read_exactly(std::size_t size);
  End read_to_end();  // the way the probe ended it

  void write(std::string_view text);
  void drip(std::string_view text, std::chrono::milliseconds pause);  // byte by byte
  void finish();                                                      // FIN, still reading
  void reset();                                                       // RST
  void hold();                                                        // until the probe or the server ends

  const std::string& received() const { return received_; }

 private:
  // Returns false if the time passed. Throws if the server stops.
  bool wait(short events, int timeout);
  bool read_some();

  Descriptor socket_;
  int stop_;
  std::string received_;
  std::size_t handed_out_ = 0;
};

class Server {
 public:
  using Script = std::function<void(Connection&)>;

  Server(Listener listener, Script script);
  Server(const Server&) = delete;
  ~Server();

  int port() const { return listener_.port(); }
  const std::string& address() const { return listener_.address(); }
  // http://ADDRESS followed by the path.
  std::string url(std::string_view path = "/") const;

  int connections() const { return connections_; }
  // Everything received over connections whose script has ended.
  std::string received();
  // Waits until the scripts of that many connections have ended.
  void wait_for_ended(int count, std::chrono::milliseconds limit = patience);

 private:
  void accept_all();
  void serve(Descriptor socket);

  Listener listener_;
  Script script_;
  Descriptor stop_;
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::string received_;
  int ended_ = 0;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace harness
