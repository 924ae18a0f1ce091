#include "suite.hpp"

#include <iostream>
#include <string_view>

#include "harness/proc.hpp"
#include "images/images.hpp"
#include "images/roles.hpp"
#include "settings.hpp"

namespace engine {
namespace {

const Suite* suite = nullptr;

// The first run takes minutes, so tell the user why.
template <typename Step>
void timed(std::string_view what, Step step) {
  const auto begin = harness::Clock::now();
  step();
  const auto elapsed = std::chrono::duration<double>(harness::Clock::now() - begin);
  std::cout << "[  engine  ] " << what << " (" << elapsed.count() << " s)\n" << std::flush;
}

template <typename Stoppable>
void stop_and_look(std::optional<Stoppable>& engine, std::string_view what) {
  if (!engine) return;
  try {
    timed(what, [&] { engine->stop(); });
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
  const Traces traces = engine->traces();
  engine.reset();
  EXPECT_EQ(processes_left(traces), std::vector<std::string>{});
  EXPECT_EQ(mounts_left(traces), std::vector<std::string>{});
}

}  // namespace

void Suite::make_docker_images(const std::filesystem::path& roles) {
  timed("Dockerfile.example built", [&] { build(*engine_, "Dockerfile.example", example_image); });
  timed("examples/worker built", [&] { example(*engine_, "worker"); });
  timed("image of the roles imported", [&] { import_roles(*engine_, roles); });
  timed("old images removed", [&] { remove_old_images(*engine_); });
}

void Suite::SetUp() {
  using harness::operator/;
  try {
    const auto roles = directory_ / "roles.tar";
    make_roles(roles);
    timed("engine started", [&] { engine_.emplace(cache_directory()); });
    make_docker_images(roles);
    podman_.emplace();
    timed("image of the roles imported by podman", [&] { import_roles(*podman_, roles); });
  } catch (const std::exception& error) {
    FAIL() << error.what();
  }
}

// Podman first: the engine waits until no process that it knows, or has adopted, is left.
void Suite::TearDown() {
  stop_and_look(podman_, "podman stopped");
  stop_and_look(engine_, "engine stopped");
}

void expect_no_privileges(pid_t process) {
  using harness::status_field;
  EXPECT_EQ(status_field(process, "Uid"), "65532\t65532\t65532\t65532");
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
    EXPECT_EQ(harness::signal_set(process, set), 0U) << set;
  EXPECT_EQ(status_field(process, "NoNewPrivs"), "1");
  EXPECT_EQ(status_field(process, "Seccomp"), "2");
}

const Engine& the_engine() { return suite->engine(); }

const Podman& the_podman() { return suite->podman(); }

void register_suite() {
  auto* registered = new Suite;
  testing::AddGlobalTestEnvironment(registered);  // GoogleTest owns it from here on
  suite = registered;
}

}  // namespace engine
