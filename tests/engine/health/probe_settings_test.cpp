// Settings reach the probe through the image's and the container's environment in the exec form: no shell
// expands anything there.
#include <gtest/gtest.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/variant.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

struct Settings {
  const char* name;
  const char* image;      // its Dockerfile instructions
  Words container;        // options added to `docker run`
  const char* port;       // the port on which the service listens
  const char* line = "";  // the output that the engine keeps; empty if healthy
};

constexpr const char* by_port = R"(HEALTHCHECK CMD ["/healthcheck", "http://localhost:${PORT}/healthz"])";
constexpr const char* by_port_or_8080 =
    R"(HEALTHCHECK CMD ["/healthcheck", "http://localhost:${PORT:-8080}/healthz"])";
constexpr const char* of_the_image = R"(ENV PORT=8081
HEALTHCHECK CMD ["/healthcheck", "http://localhost:${PORT}/healthz"])";
constexpr const char* by_target =
    R"(ENV DISTROLESS_HEALTHCHECK_TARGET=:8081/healthz DISTROLESS_HEALTHCHECK_TIMEOUT=1s
HEALTHCHECK CMD ["/healthcheck"])";
// In an ENV line the build itself would expand a variable.
constexpr const char* by_targets =
    R"(ENV DISTROLESS_HEALTHCHECK_TARGET=":8081/healthz tcp://localhost:\${PORT}"
HEALTHCHECK CMD ["/healthcheck"])";

const Settings all_settings[] = {
    {"PortOfTheImage", of_the_image, {}, "8081"},
    {"PortOfTheContainer", of_the_image, {"--env=PORT=8082"}, "8082"},
    {"PortOfTheContainerAlone", by_port, {"--env=PORT=8082"}, "8082"},
    {"PortMissing",
     by_port,
     {},
     "8080",
     "healthcheck: http://localhost:${PORT}/healthz: unset variable 'PORT'\n"},
    {"PortByDefault", by_port_or_8080, {}, "8080"},
    {"PortEmpty", by_port_or_8080, {"--env=PORT="}, "8080"},
    {"PortBesidesTheDefault", by_port_or_8080, {"--env=PORT=8082"}, "8082"},
    {"TargetOfTheImage", by_target, {}, "8081"},
    {"TargetOfTheContainer", by_target, {"--env=DISTROLESS_HEALTHCHECK_TARGET=:8082/healthz"}, "8082"},
    {"TargetsWithAVariable", by_targets, {"--env=PORT=8081"}, "8081"},
    {"TimeoutMisspelt",
     by_target,
     {"--env=DISTROLESS_HEALTHCHECK_TIMEOUT=soon"},
     "8081",
     "healthcheck: DISTROLESS_HEALTHCHECK_TIMEOUT: invalid duration 'soon'\n"},
    {"TargetMissing",
     R"(HEALTHCHECK CMD ["/healthcheck"])",
     {},
     "8080",
     "healthcheck: no TARGET given (see healthcheck --help)\n"},
};

class ProbeSettings : public testing::TestWithParam<Settings> {};

TEST_P(ProbeSettings, AreReadFromTheEnvironment) {
  const Settings& settings = GetParam();
  const Variant image{the_engine(), settings.image};
  Words options{"--entrypoint=/init"};
  options.insert(options.end(), settings.container.begin(), settings.container.end());
  const Container service{the_engine(),
                          image.tag(),
                          {.options = options, .arguments = {"--", "/testprog", "app", settings.port}}};
  service.wait_for_health(std::string{settings.line}.empty() ? "healthy" : "unhealthy");
  EXPECT_EQ(service.last_probe(), settings.line);
}

INSTANTIATE_TEST_SUITE_P(All, ProbeSettings, testing::ValuesIn(all_settings),
                         [](const auto& settings) { return std::string{settings.param.name}; });

}  // namespace
}  // namespace engine
