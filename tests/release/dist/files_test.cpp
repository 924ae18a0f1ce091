// Tests the names, the checksums and the tarballs.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "dist.hpp"
#include "harness/files.hpp"

namespace {

namespace fs = std::filesystem;
using harness::operator/;

std::set<std::string> expected_names() {
  const std::string stem = "distroless-init-" VERSION;
  std::set<std::string> names{"SHA256SUMS", stem + "-oci.tar", stem + ".cdx.json", stem + ".spdx.json"};
  for (const dist::Architecture& architecture : dist::architectures) {
    for (const std::string& program : dist::programs) names.insert(program + "-linux-" + architecture.name);
    names.insert(dist::tarball(architecture).filename());
    names.insert(dist::package(architecture).filename());
  }
  return names;
}

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator{directory}) names.insert(entry.path().filename());
  return names;
}

TEST(Dist, HasExactlyTheFilesOfARelease) { EXPECT_EQ(names_in(dist::path("")), expected_names()); }

// The version is part of these names, and is written there by hand.
TEST(Dist, DocumentsNameExistingFiles) {
  static const std::regex file{R"(distroless-init[-_]\d[\w.-]*\.(tar\.gz|tar|deb|json)\b)"};
  for (const char* document : {"README.md", "docs/releasing.md"}) {
    const std::string text = harness::read_file(std::string{SOURCE_DIR "/"} + document);
    std::size_t names = 0;
    for (std::sregex_iterator match{text.begin(), text.end(), file}, end; match != end; ++match, ++names)
      EXPECT_TRUE(expected_names().contains(match->str())) << document << ": " << match->str();
    EXPECT_GT(names, 0U) << document;
  }
}

TEST(Dist, ProgramsAreThoseOfEachBuild) {
  for (const dist::Architecture& architecture : dist::architectures)
    for (const std::string& program : dist::programs)
      EXPECT_TRUE(dist::bare(program, architecture) ==
                  harness::read_file(SOURCE_DIR "/build/release-" + architecture.name + "/bin/" + program))
          << program << architecture.name;
}

harness::Outcome check_sums(const fs::path& directory) {
  return harness::run({"sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"},
                      {.directory = directory.string()});
}

TEST(Dist, EveryFileHasOneChecksumInOrderOfNames) {
  EXPECT_EQ(check_sums(dist::path("")).status, 0);
  std::vector<std::string> summed;
  for (const std::string& line : dist::lines_of(harness::read_file(dist::path("SHA256SUMS"))))
    summed.push_back(line.substr(66));
  std::set<std::string> names = expected_names();
  names.erase("SHA256SUMS");
  EXPECT_TRUE(std::ranges::equal(summed, names));
}

TEST(Dist, ChangedByteIsDetected) {
  const harness::TemporaryDirectory copy;
  fs::copy(dist::path(""), copy.path());
  std::string program = harness::read_file(copy / "init-linux-s390x");
  program[100] = static_cast<char>(program[100] ^ 1);
  harness::write_file(copy / "init-linux-s390x", program);
  EXPECT_EQ(check_sums(copy.path()).out, "init-linux-s390x: FAILED\n");
}

TEST(Dist, TarballsHaveProgramsManPagesAndLicences) {
  for (const dist::Architecture& architecture : dist::architectures) {
    const std::string top = "distroless-init-" VERSION "-linux-" + architecture.name;
    const harness::TemporaryDirectory directory;
    dist::ask({"tar", "-xzf", dist::tarball(architecture), "-C", directory.path()});
    std::map<std::string, std::string> files;
    for (const std::string& program : dist::programs) {
      files[top + "/" + program] = dist::bare(program, architecture);
      files[top + "/" + program + ".1"] = harness::read_file(SOURCE_DIR "/man/" + program + ".1");
    }
    for (const char* text : {"LICENSE", "NOTICE"})
      files[top + "/" + text] = harness::read_file(std::string{SOURCE_DIR "/"} + text);
    EXPECT_TRUE(dist::files_in(directory.path()) == files) << top;
  }
}

// A user who unpacks a tarball as root gets neither files of other users nor modes that depend on the packer.
TEST(Dist, TarballsBelongToRootInOrderOfNames) {
  for (const dist::Architecture& architecture : dist::architectures) {
    const std::string top = "distroless-init-" VERSION "-linux-" + architecture.name;
    std::vector<std::string> entries;
    for (const std::string& line :
         dist::lines_of(dist::ask({"tar", "-tvzf", dist::tarball(architecture), "--numeric-owner"})))
      entries.push_back(line.substr(0, 14) + " " + line.substr(line.rfind(' ') + 1 + top.size()));
    EXPECT_EQ(entries, (std::vector<std::string>{
                           "drwxr-xr-x 0/0 /", "-rw-r--r-- 0/0 /LICENSE", "-rw-r--r-- 0/0 /NOTICE",
                           "-rwxr-xr-x 0/0 /healthcheck", "-rwxr-xr-x 0/0 /healthcheck-tls",
                           "-rw-r--r-- 0/0 /healthcheck-tls.1", "-rw-r--r-- 0/0 /healthcheck.1",
                           "-rwxr-xr-x 0/0 /init", "-rw-r--r-- 0/0 /init.1"}));
  }
}

}  // namespace
