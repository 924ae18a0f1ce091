#include "trial.hpp"

#include <stdexcept>

#include "installed.hpp"

namespace sbom {

namespace fs = std::filesystem;
using harness::operator/;

Trial::Trial() {
  const fs::path from = SOURCE_DIR "/build";
  for (const char* architecture : architectures) {
    const fs::path built = from / (std::string{"release-"} + architecture);
    const fs::path copy = directory_ / "build" / built.filename();
    fs::create_directories(copy / "bin");
    for (const char* program : programs) {
      fs::copy_file(built / "bin" / program, copy / "bin" / program);
      fs::copy_file(built / (std::string{program} + ".map"), map(program, architecture));
      fs::create_directories(shipped(program, architecture).parent_path());
      fs::copy_file(built / "bin" / program, shipped(program, architecture));
    }
  }
  for (const fs::path& sysroot : fs::directory_iterator{SOURCE_DIR "/toolchains/sysroot"})
    harness::write_file(packages(sysroot.filename().string()), harness::read_file(sysroot / ".complete"));
}

fs::path Trial::shipped(std::string_view program, std::string_view architecture) const {
  return directory_ / "dist" / (std::string{program} + "-linux-" + std::string{architecture});
}

fs::path Trial::map(std::string_view program, std::string_view architecture) const {
  return directory_ / "build" / ("release-" + std::string{architecture}) / (std::string{program} + ".map");
}

fs::path Trial::packages(std::string_view debian_architecture) const {
  return directory_ / "sysroot" / debian_architecture / ".complete";
}

fs::path Trial::spdx() const { return directory_ / "distroless-init-1.2.3.spdx.json"; }
fs::path Trial::cyclonedx() const { return directory_ / "distroless-init-1.2.3.cdx.json"; }

harness::Outcome Trial::generate(std::string_view epoch) const {
  const std::string top = directory_.path();
  return harness::run({CMAKE, "-D", "DIST=" + top + "/dist", "-D", "OUTPUT=" + top, "-D", "VERSION=1.2.3",
                       "-D", "EPOCH=" + std::string{epoch}, "-D", "BUILDS=" + top + "/build", "-D",
                       "SYSROOTS=" + top + "/sysroot", "-P", SOURCE_DIR "/packaging/sbom.cmake"});
}

harness::Outcome Trial::check(const std::vector<std::string>& documents) const {
  const std::string top = directory_.path();
  std::vector<std::string> command{programs::installed("node"), CHECK, PACKAGES, top + "/dist",
                                   top + "/sysroot"};
  command.insert(command.end(), documents.begin(), documents.end());
  return harness::run(command);
}

std::string Trial::relations_of(const std::string& file) const {
  const char* const filter =
      R"jq(.relationships[] | select(.spdxElementId == $file) | "\(.relationshipType) \(.relatedSpdxElement)")jq";
  return harness::run({programs::installed("jq"), "-r", "--arg", "file", "SPDXRef-" + file, filter, spdx()})
      .out;
}

std::string with(std::string text, std::string_view right, std::string_view wrong) {
  const std::size_t at = text.find(right);
  if (at == text.npos) throw std::runtime_error("no longer present: " + std::string{right});
  return text.replace(at, right.size(), wrong);
}

}  // namespace sbom
