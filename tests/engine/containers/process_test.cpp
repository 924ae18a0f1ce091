// Tests which processes run in the container, and with which privileges.
#include <gtest/gtest.h>

#include <algorithm>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"

namespace engine {
namespace {

class Processes : public testing::Test {
 protected:
  void SetUp() override { service_.wait_for_log("started as pid"); }

  static std::string program_of(pid_t pid) {
    return std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/exe");
  }

  // Returns PID 1's only child.
  pid_t service_pid() const {
    const std::vector<pid_t> children = harness::children_of(service_.init_pid());
    return children.size() == 1 ? children.front() : 0;
  }

  Container service_{the_engine(), example_image};
};

TEST_F(Processes, PidOneIsInit) {
  EXPECT_EQ(program_of(service_.init_pid()), "/init");
  EXPECT_EQ(harness::inner_pid_of(service_.init_pid()), 1);
}

TEST_F(Processes, ServiceIsChildOfPidOne) {
  ASSERT_NE(service_pid(), 0);
  EXPECT_EQ(program_of(service_pid()), "/service");
  EXPECT_NE(harness::inner_pid_of(service_pid()), 1);
}

TEST_F(Processes, NeitherHasPrivileges) {
  for (const pid_t pid : {service_.init_pid(), service_pid()}) {
    expect_no_privileges(pid);
    EXPECT_EQ(harness::status_field(pid, "Gid"), "65532\t65532\t65532\t65532");
  }
}

TEST_F(Processes, RootIsReadOnly) { EXPECT_EQ(service_.inspect("{{.HostConfig.ReadonlyRootfs}}"), "true"); }

TEST_F(Processes, EngineIsSeenWhileItRuns) {
  // Negative control for the last check of the suite, that nothing is left.
  const Traces& traces = the_engine().traces();
  const std::vector<std::string> left = processes_left(traces);
  const auto seen = [&](std::string_view program) {
    return std::any_of(left.begin(), left.end(),
                       [&](const std::string& line) { return line.contains(program); });
  };
  for (const char* program : {"dockerd", "containerd", "/init", "/service"})
    EXPECT_TRUE(seen(program)) << program;
}

}  // namespace
}  // namespace engine
