#include "roles.hpp"

#include <stdexcept>

#include "support/files.hpp"
#include "support/programs.hpp"

namespace engine {

void make_roles(const std::filesystem::path& tarball) {
  using support::operator/;
  const support::TemporaryDirectory root;
  support::install_program(support::shipped("init"), root / "init");
  support::install_program(support::shipped("healthcheck"), root / "healthcheck");
  support::install_program(support::helper(), root / "helper");
  // What Docker takes for `--init` when nobody tells it otherwise.
  support::install_program(std::filesystem::canonical("/usr/bin/docker-init"), root / "tini");
  const support::Outcome packed =
      support::run({"tar", "--directory=" + root.path().string(), "--create", "--file=" + tarball.string(),
                    "init", "healthcheck", "helper", "tini"});
  if (packed.status != 0) throw std::runtime_error("tar: " + packed.err);
}

void import_roles(const Client& client, const std::filesystem::path& tarball) {
  client.ask({"import", "--change=USER 65532:65532", tarball, roles_image});
}

}  // namespace engine
