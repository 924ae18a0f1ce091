// Podman: Debian's, on a private store. It has no daemon, so its containers run in a PID namespace of their
// own. When the first process of that namespace, the shipped `init --pause`, ends, everything that was
// started or mounted goes with it.
#pragma once

#include "client.hpp"
#include "harness/container.hpp"
#include "harness/files.hpp"
#include "leftovers.hpp"

namespace engine {

class Podman final : public Client {
 public:
  // The cgroup of pods, regardless of Podman's options.
  static constexpr const char* group_of_pods = "libpod_parent";

  Podman();

  std::vector<std::string> run_options() const override;
  pid_t outer_pid(pid_t pid) const override;

  // Removes every container and ends the namespace. Throws if `init --pause` does not end as it should.
  void stop();

  const Traces& traces() const { return traces_; }

 private:
  harness::Outcome perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                           const harness::Options& options) const override;

  harness::TemporaryDirectory directory_;
  mutable harness::Container machine_;  // records each exec, so that it can be reaped
  Traces traces_;
  std::string storage_driver_ = "overlay";
};

}  // namespace engine
