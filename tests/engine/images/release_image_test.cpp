// The release's image: both engines load the archive, and the README's COPY line takes the programs from it.
#include <gtest/gtest.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/files.hpp"
#include "roles.hpp"

namespace engine {
namespace {

using harness::operator/;

constexpr const char* archive = RELEASE_DIST "/distroless-init-" PROJECT_VERSION "-oci.tar";
constexpr const char* image = "distroless-init:" PROJECT_VERSION;
constexpr const char* service_image = "distroless-of-the-release";

constexpr const char* dockerfile =
    "FROM scratch\n"
    "COPY --from=distroless-init:" PROJECT_VERSION R"( /init /healthcheck /
COPY --from=distroless-roles /testprog /service
USER 65532:65532
HEALTHCHECK --interval=300ms CMD ["/healthcheck", ":8080/healthz"]
ENTRYPOINT ["/init", "--", "/service"]
CMD ["app", "8080"]
)";

struct Kind {
  const char* name;
  const Client& (*client)();
};

class ReleaseImage : public testing::TestWithParam<Kind> {
 protected:
  static const Client& client() { return GetParam().client(); }

  void SetUp() override {
    client().call({"image", "rm", "--force", service_image, image});
    client().ask({"load", "--input", archive});
  }
  void TearDown() override { client().ask({"image", "rm", "--force", service_image, image}); }

  static void build_service() {
    const harness::TemporaryDirectory context;
    harness::write_file(context / "Dockerfile", dockerfile);
    std::vector<std::string> command{"build", "--tag", service_image, context.path()};
    // Podman's images have no health check in the OCI format.
    if (std::string{GetParam().name} == "Podman") command.insert(command.begin() + 1, "--format=docker");
    client().ask(command);
  }
};

std::string released(const std::string& program) {
  return harness::read_file(RELEASE_DIST "/" + program + "-linux-amd64");
}

TEST_P(ReleaseImage, IsLoadedUnderItsNameWithItsLabels) {
  const std::string label = "org.opencontainers.image.version";
  EXPECT_EQ(client().ask({"image", "inspect", "--format={{index .Config.Labels \"" + label + "\"}}", image}),
            PROJECT_VERSION);
  EXPECT_EQ(client().ask({"image", "inspect", "--format={{.Os}}/{{.Architecture}}", image}), "linux/amd64");
}

TEST_P(ReleaseImage, ProvidesProgramsForHealthyService) {
  build_service();
  const Container service{client(), service_image};
  service.wait_for_log("ready");
  if (std::string{GetParam().name} == "Podman") {
    EXPECT_TRUE(service.probe());
  }
  service.wait_for_health("healthy");
  EXPECT_TRUE(harness::read_file("/proc/" + std::to_string(service.init_pid()) + "/exe") == released("init"));
  service.post("/fail");
  if (std::string{GetParam().name} == "Podman") {
    EXPECT_FALSE(service.probe());
  } else {
    service.wait_for_health("unhealthy");
  }
  EXPECT_EQ(service.stop().exit_status, 0) << service.logs();
}

TEST(ReleaseImageOfDocker, HasATagForEachArchitecture) {
  the_engine().ask({"load", "--input", archive});
  for (const char* architecture : {"amd64", "arm64", "arm", "386", "ppc64le", "riscv64", "s390x"}) {
    const std::string tag = std::string{image} + "-" + architecture;
    EXPECT_EQ(the_engine().ask({"image", "inspect", "--format={{.Architecture}}", tag}), architecture);
    the_engine().ask({"image", "rm", tag});
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ReleaseImage,
                         testing::Values(Kind{"Docker", []() -> const Client& { return the_engine(); }},
                                         Kind{"Podman", []() -> const Client& { return the_podman(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace engine
