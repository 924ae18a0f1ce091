// Pod: a Kubernetes manifest that `podman kube play` runs without a network. The destructor takes it down.
//
// Podman 4.3 uses the liveness probe as its health check, and restarts the container if it fails. It accepts
// readiness and startup probes but does not run them. It gives an exec probe to `sh -c`; the kubelet runs the
// command itself. A manifest that Podman is to probe must therefore give the container a shell.
#pragma once

#include <string>

#include "container.hpp"
#include "podman.hpp"

namespace engine {

class Pod {
 public:
  Pod(const Podman& podman, const std::string& manifest);
  Pod(const Pod&) = delete;
  ~Pod();

  // Returns one of its containers by the name that Podman gives it: POD-CONTAINER.
  Container container(const std::string& name) const { return {podman_, Existing{name}}; }
  const std::string& id() const { return id_; }

 private:
  // Podman prints it after a line that announces it.
  static std::string id_in(const std::string& played);

  const Podman& podman_;
  harness::TemporaryDirectory directory_;
  std::filesystem::path manifest_;
  std::string id_;
};

}  // namespace engine
