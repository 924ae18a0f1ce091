#include "slow_application.hpp"

#include <stdexcept>

namespace programs {

SlowApplication::SlowApplication(const std::string& path)
    : server_{harness::Listener::unix_socket(path),
              [this](harness::Connection& connection) { serve(connection); }} {}

// A failed test leaves requests behind, and the server's end waits for them.
SlowApplication::~SlowApplication() { gate_.release(server_.connections()); }

void SlowApplication::wait_for_request() {
  if (!arrived_.try_acquire_for(harness::patience)) throw std::runtime_error("no request came");
}

void SlowApplication::serve(harness::Connection& connection) {
  connection.read_until("\r\n\r\n");
  arrived_.release();
  if (!gate_.try_acquire_for(harness::patience)) return;
  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlate");
}

}  // namespace programs
