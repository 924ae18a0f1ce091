// SlowApplication: a server behind a proxy that delays the answer to each request until the test allows it.
#pragma once

#include <semaphore>
#include <string>

#include "harness/server.hpp"

namespace programs {

class SlowApplication {
 public:
  explicit SlowApplication(const std::string& path);
  ~SlowApplication();

  void wait_for_request();
  // Answers "late" to one request, the one that waits or the next.
  void answer() { gate_.release(); }

 private:
  void serve(harness::Connection& connection);

  std::counting_semaphore<> arrived_{0};
  std::counting_semaphore<> gate_{0};
  harness::Server server_;
};

}  // namespace programs
