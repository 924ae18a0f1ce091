#include "suite.hpp"

#include <iostream>
#include <string_view>

#include "images.hpp"

namespace engine {
namespace {

const Suite* suite = nullptr;

// The first run takes minutes: who waits is told for what.
template <typename Step>
void timed(std::string_view what, Step step) {
  const auto begin = support::Clock::now();
  step();
  const auto elapsed = std::chrono::duration<double>(support::Clock::now() - begin);
  std::cout << "[  engine  ] " << what << " (" << elapsed.count() << " s)" << std::endl;
}

}  // namespace

void Suite::SetUp() {
  try {
    timed("engine started", [&] { engine_.emplace(ENGINE_CACHE); });
    timed("base images", [&] { provide_base_images(*engine_); });
    timed("Dockerfile.example built", [&] { build(*engine_, "Dockerfile.example", example_image); });
    timed("build steps kept", [&] { keep_stages(*engine_, "Dockerfile.example", {"programs", "service"}); });
  } catch (const std::exception& error) {
    FAIL() << error.what();
  }
}

void Suite::TearDown() {
  if (!engine_) return;
  try {
    timed("engine stopped", [&] { engine_->stop(); });
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
  const Traces traces = engine_->traces();
  engine_.reset();
  EXPECT_EQ(processes_left(traces), std::vector<std::string>{});
  EXPECT_EQ(mounts_left(traces), std::vector<std::string>{});
}

const Engine& the_engine() { return suite->engine(); }

void register_suite() {
  auto* registered = new Suite;
  testing::AddGlobalTestEnvironment(registered);  // which owns it from here
  suite = registered;
}

}  // namespace engine
