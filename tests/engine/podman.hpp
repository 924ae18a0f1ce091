// Podman: Debian's, on a private store. It has no daemon, so its containers get a PID namespace to live in:
// with the first process of that, the shipped `init --pause`, goes all that was started or mounted.
#pragma once

#include "client.hpp"
#include "harness/container.hpp"
#include "harness/files.hpp"
#include "leftovers.hpp"

namespace engine {

class Podman final : public Client {
 public:
  // The control group that pods are in, whatever Podman is told.
  static constexpr const char* group_of_pods = "libpod_parent";

  Podman();

  std::vector<std::string> run_options() const override;
  pid_t outer_pid(pid_t pid) const override;

  // Removes every container and ends the namespace. Throws when `init --pause` does not end as it should.
  void stop();

  const Traces& traces() const { return traces_; }

 private:
  harness::Outcome perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                           const harness::Options& options) const override;

  harness::TemporaryDirectory directory_;
  mutable harness::Container machine_;  // an exec is noted in it, so that it can be reaped
  Traces traces_;
  std::string storage_driver_ = "overlay";
};

}  // namespace engine
