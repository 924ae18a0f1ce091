// Pod: what `podman kube play` makes of a Kubernetes manifest, without a network; taken down at the end of
// its scope.
//
// Podman 4.3 takes the liveness probe for its health check, with a restart where it fails. It accepts
// readiness and startup probes and does not run them. An exec probe it gives to `sh -c`, where the kubelet
// runs the command itself: a manifest that is to be probed by Podman has to lend the container a shell.
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

  // One of its containers, by the name that Podman gives it: POD-CONTAINER.
  Container container(const std::string& name) const { return {podman_, Existing{name}}; }

 private:
  // Podman prints it after a line that says so.
  static std::string id_in(const std::string& played);

  const Podman& podman_;
  harness::TemporaryDirectory directory_;
  std::filesystem::path manifest_;
  std::string id_;
};

}  // namespace engine
