// Client: a connection to a server's Unix-domain socket, which works across network namespaces.
#pragma once

#include <string>
#include <string_view>

#include "harness/deadline.hpp"
#include "harness/descriptor.hpp"

namespace programs {

class Client {
 public:
  explicit Client(const std::string& path);  // throws a std::system_error if no process listens

  void send(std::string_view text);
  // Sends a request after which the server closes the connection.
  void ask_for(std::string_view target);

  std::string read_to_end(std::chrono::milliseconds limit = harness::patience);
  // Returns the body of an HTTP answer; empty if it was cut off before that.
  std::string body();

 private:
  harness::Descriptor socket_;
};

bool listens(const std::string& path);
// Sends a GET and returns the body of the answer; empty if no process listens.
std::string get(const std::string& path, std::string_view target = "/");

}  // namespace programs
