// Tests healthcheck and init in a pod with the securityContext of the distroless guides.
#include <gtest/gtest.h>

#include "engines/pod.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "harness/programs.hpp"

namespace engine {
namespace {

constexpr const char* manifest = R"(
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  restartPolicy: Always
  volumes:
    - {name: shell, hostPath: {path: /bin/busybox, type: File}}
  containers:
    - name: app
      image: localhost/distroless-roles:latest
      imagePullPolicy: Never
      command: ["/init", "-v", "--stop-delay=1s", "--", "/testprog", "app", "8080"]
      env:
        - {name: PORT, value: "8080"}
      startupProbe:
        exec: {command: ["/healthcheck", "tcp://localhost:${PORT}"]}
        periodSeconds: 1
      readinessProbe:
        exec: {command: ["/healthcheck", ":${PORT}/ready"]}
        periodSeconds: 1
      livenessProbe:
        exec: {command: ["/healthcheck", "--timeout=900ms", ":8080/healthz"]}
        periodSeconds: 1
        failureThreshold: 2
      volumeMounts:
        - {name: shell, mountPath: /bin/sh}   # for Podman's sake: see pod.hpp
      securityContext:
        runAsUser: 65532
        runAsNonRoot: true
        readOnlyRootFilesystem: true
        allowPrivilegeEscalation: false
        capabilities: {drop: [ALL]}
)";

class Kube : public testing::Test {
 protected:
  void SetUp() override { app_.wait_for_log("ready"); }

  std::string health() const { return app_.inspect("{{.State.Health.Status}}"); }

  const Pod pod_{the_podman(), manifest};
  const Container app_ = pod_.container("web-app");
};

TEST_F(Kube, FailedLivenessProbeRestartsContainerAfterItsStopDelay) {
  EXPECT_TRUE(app_.probe());
  EXPECT_EQ(health(), "healthy");
  app_.post("/fail");
  EXPECT_FALSE(app_.probe());
  EXPECT_EQ(health(), "healthy");
  // Podman 5 forgets the probe's output when it restarts the container.
  EXPECT_TRUE(app_.last_probe().starts_with("healthcheck: :8080/healthz: 503 Service Unavailable ("))
      << app_.last_probe();
  EXPECT_FALSE(app_.probe());
  app_.wait_for_log("ready", 2);
  app_.wait_for_log("init: holding SIGTERM");
  app_.wait_for_log("stopping");
  EXPECT_TRUE(app_.probe());
  EXPECT_EQ(health(), "healthy");
}

TEST_F(Kube, StartupAndReadinessProbesAnswerAsKubeletRunsThem) {
  // The kubelet runs them in the container without a shell and takes the exit status as the verdict. Podman
  // runs neither kind.
  EXPECT_EQ(app_.exec({"/healthcheck", "tcp://localhost:${PORT}"}).status, 0);
  const std::vector<std::string> readiness{"/healthcheck", ":${PORT}/healthz"};
  EXPECT_EQ(app_.exec(readiness).status, 0);
  app_.post("/fail");
  const harness::Outcome failed = app_.exec(readiness);
  EXPECT_EQ(failed.status, 1);
  EXPECT_TRUE(failed.err.contains("healthcheck: :${PORT}/healthz: 503 ")) << failed.err;
  app_.post("/recover");
  EXPECT_EQ(app_.exec(readiness).status, 0);
}

TEST_F(Kube, NoProcessHasPrivileges) {
  const pid_t init = app_.init_pid();
  EXPECT_EQ(harness::inner_pid_of(init), 1);
  const std::vector<pid_t> members = harness::members_of_namespace(init);
  EXPECT_EQ(members.size(), 2U);
  for (const pid_t pid : members) {
    expect_no_privileges(pid);
  }
  EXPECT_EQ(app_.inspect("{{.HostConfig.ReadonlyRootfs}}"), "true");
}

TEST_F(Kube, StoppingPodWaitsForStopDelayAndPassesStatusOn) {
  const Stopped stopped = app_.stop();
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_GE(stopped.elapsed, std::chrono::seconds{1});
  app_.wait_for_log("init: exiting with status 0");
}

TEST_F(Kube, InitServesAsPodmansPauseProcess) {
  // The infra container runs `catatonit -P` from an image that Podman builds from the program it finds.
  const std::string infra = the_podman().ask({"pod", "inspect", "--format={{.InfraContainerID}}", "web"});
  const pid_t pause =
      the_podman().outer_pid(std::stoi(the_podman().ask({"inspect", "--format={{.State.Pid}}", infra})));
  EXPECT_EQ(harness::inner_pid_of(pause), 1);
  const std::string proc = "/proc/" + std::to_string(pause);
  EXPECT_TRUE(harness::read_file(proc + "/exe") == harness::read_file(harness::shipped("init")));
  EXPECT_TRUE(harness::read_file(proc + "/cmdline").ends_with(std::string{"\0-P\0", 4}));
}

}  // namespace
}  // namespace engine
