// Suite: one engine, its images made, for all tests of this program; stopped after the last of them.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "engine.hpp"

namespace engine {

inline constexpr const char* example_image = "distroless-example";

class Suite : public testing::Environment {
 public:
  void SetUp() override;
  // Also the last test: nothing of the engine may be left on the machine.
  void TearDown() override;

  const Engine& engine() const { return engine_.value(); }

 private:
  std::optional<Engine> engine_;
};

// The running engine, for tests.
const Engine& the_engine();
void register_suite();

}  // namespace engine
