// Suite: starts one engine of each kind and makes the images for all tests of this program; stops them after
// the last test.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "engine.hpp"
#include "harness/files.hpp"
#include "podman.hpp"

namespace engine {

inline constexpr const char* example_image = "distroless-example";
inline constexpr const char* worker_image = "distroless-worker";

class Suite : public testing::Environment {
 public:
  void SetUp() override;
  // Also the last test: nothing of the engines may be left on the machine.
  void TearDown() override;

  const Engine& engine() const { return engine_.value(); }
  const Podman& podman() const { return podman_.value(); }

 private:
  void make_docker_images(const std::filesystem::path& roles);

  harness::TemporaryDirectory directory_;
  std::optional<Engine> engine_;
  std::optional<Podman> podman_;
};

// Expects user 65532, no capability, no new privileges, and a seccomp filter.
void expect_no_privileges(pid_t process);

// The running engines, for use by tests.
const Engine& the_engine();
const Podman& the_podman();
void register_suite();

}  // namespace engine
