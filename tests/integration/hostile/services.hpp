// Services: a healthy and an unhealthy one of each kind that healthcheck knows, to be probed from any
// environment.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "probing.hpp"

namespace hostile_test {

using healthcheck_test::Words;

class Services {
 public:
  Services();

  struct Kind {
    const char* name;
    std::string well;
    std::string ill;
    const char* words;    // the reason why it is unhealthy
    bool has_descriptor;  // the probe needs one
  };
  std::vector<Kind> kinds() const;
  // The needs of every kind apart from the network: a socket, a file, a PID file.
  std::string directory() const { return directory_.path(); }
  // Everything that the probes have sent to the servers that read requests.
  std::string received();
  // Makes the unhealthy services healthy from now on.
  void heal();

 private:
  harness::TemporaryDirectory directory_;
  std::string socket_ = directory_ / "socket";
  std::atomic<bool> healed_{false};
  harness::Descriptor deaf_;  // has a port and does not listen
  std::optional<harness::Listener> healed_socket_;
  harness::Server http_, ill_http_, tcp_, local_, grpc_, ill_grpc_;
};

// A probe that ends the same way wherever it is made: status 0 and no output, or status 1 and the message.
void expect_verdicts(const Services::Kind& kind,
                     const std::function<harness::Outcome(const Words&)>& healthcheck);

}  // namespace hostile_test
