#include "roles.hpp"

#include <stdexcept>

#include "harness/files.hpp"
#include "harness/programs.hpp"

namespace engine {

void make_roles(const std::filesystem::path& tarball) {
  using harness::operator/;
  const harness::TemporaryDirectory root;
  harness::install_program(harness::shipped("init"), root / "init");
  harness::install_program(harness::shipped("healthcheck"), root / "healthcheck");
  harness::install_program(harness::testprog(), root / "testprog");
  // Docker's default for `--init`.
  harness::install_program(std::filesystem::canonical("/usr/bin/docker-init"), root / "tini");
  const harness::Outcome packed =
      harness::run({"tar", "--directory=" + root.path().string(), "--create", "--file=" + tarball.string(),
                    "init", "healthcheck", "testprog", "tini"});
  if (packed.status != 0) throw std::runtime_error("tar: " + packed.err);
}

void import_roles(const Client& client, const std::filesystem::path& tarball) {
  client.ask({"import", "--change=USER 65532:65532", tarball, roles_image});
}

}  // namespace engine
