// A connection to a service of this network namespace.
#pragma once

#include "healthcheck/config.hpp"
#include "healthcheck/probe/deadline.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

// "no answer within 3s (waiting for headers)", "connection reset", or what else the errno means.
void add_code(base::MessageBuilder& line, Code code, const Deadline& deadline, std::string_view doing);

class Connection {
 public:
  explicit Connection(Deadline& deadline) : deadline_(deadline) {}

  // Connects to the path where there is one, else to the target's host, and sends the request. False: the
  // line says why not.
  bool open(const Target& target, std::string_view path, std::string_view request,
            base::MessageBuilder& line);
  Code send(std::string_view bytes);
  // Of whichever connection was open last. What the last one needs, the end of the program does.
  static void close_last();
  // What has come, in the buffer, once something has; nothing at the end.
  Code receive(std::span<char> buffer, Deadline& deadline, std::string_view& bytes) const;

 private:
  Code open_socket();
  Code open_path(std::string_view path, std::string_view request);
  Code open_at(const Address& address, std::uint16_t port, std::string_view request);
  Code connect_and_send(std::string_view request);
  // For healthcheck-remote.
  bool open_name(const Target& target, std::string_view request, base::MessageBuilder& line);

  Deadline& deadline_;
  sys::Endpoint endpoint_;
  // One is open at a time.
  static sys::Descriptor socket_;
  // send() has met a reset, which the kernel tells of only once.
  bool is_reset_ = false;
};

}  // namespace healthcheck
