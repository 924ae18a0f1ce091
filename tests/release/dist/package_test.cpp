// Tests Debian's packages with dpkg and lintian, and that the system's own init does not change.
#include <gtest/gtest.h>

#include <set>

#include "dist.hpp"
#include "harness/files.hpp"

namespace {

using harness::operator/;

std::string field(const dist::Architecture& architecture, const char* name) {
  return dist::ask({"dpkg-deb", "--field", dist::package(architecture), name});
}

// Each program has a man page; copyright, changelog and lintian's overrides come with them.
const std::size_t number_of_files = 2 * dist::programs.size() + 3;

class PackageTest : public testing::TestWithParam<dist::Architecture> {};

TEST_P(PackageTest, IsCleanForLintian) {
  const harness::Outcome outcome =
      harness::run({"lintian", "--fail-on=error,warning", "--no-tag-display-limit", "--allow-root",
                    dist::package(GetParam())},
                   {}, std::chrono::minutes{2});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST_P(PackageTest, DescribesItself) {
  EXPECT_EQ(field(GetParam(), "Package"), "distroless-init\n");
  EXPECT_EQ(field(GetParam(), "Version"), VERSION "\n");
  EXPECT_EQ(field(GetParam(), "Architecture"), GetParam().debian + "\n");
  EXPECT_FALSE(dist::ask({"dpkg-deb", "--field", dist::package(GetParam())}).contains("Depends"));
}

TEST_P(PackageTest, HasNoScriptAndSortedDigests) {
  const harness::TemporaryDirectory directory;
  dist::ask({"dpkg-deb", "--control", dist::package(GetParam()), directory.path()});
  const auto files = dist::files_in(directory.path());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files.contains("control"));
  std::set<std::string> names;
  std::string last;
  for (const std::string& line : dist::lines_of(files.at("md5sums"))) {
    EXPECT_LT(last, line.substr(34));
    last = line.substr(34);
    names.insert(last);
  }
  EXPECT_EQ(names.size(), number_of_files);
}

TEST_P(PackageTest, HasProgramsOutsidePathAndFilesThatThePolicyRequires) {
  const harness::TemporaryDirectory directory;
  dist::ask({"dpkg-deb", "--extract", dist::package(GetParam()), directory.path()});
  const auto files = dist::files_in(directory.path());
  std::map<std::string, std::string> modes = dist::modes_in(directory.path());
  for (const std::string& program : dist::programs) {
    const std::string name = "usr/libexec/distroless-init/" + program;
    EXPECT_TRUE(files.at(name) == dist::bare(program, GetParam()));
    EXPECT_EQ(modes.at(name), "rwxr-xr-x");
    EXPECT_EQ(dist::ask({"gzip", "-dc", directory / ("usr/share/man/man1/" + program + ".1distroless.gz")}),
              harness::read_file(SOURCE_DIR "/man/" + program + ".1"));
  }
  EXPECT_TRUE(files.contains("usr/share/doc/distroless-init/copyright"));
  EXPECT_TRUE(files.contains("usr/share/doc/distroless-init/changelog.gz"));
  EXPECT_TRUE(files.contains("usr/share/lintian/overrides/distroless-init"));
  EXPECT_EQ(files.size(), number_of_files);
}

INSTANTIATE_TEST_SUITE_P(Architectures, PackageTest, testing::ValuesIn(dist::architectures),
                         [](const auto& shown) { return shown.param.name; });

// A system that consists only of dpkg's own records.
class System {
 public:
  System() {
    harness::write_file(database() / "status", "");
    for (const char* name : {"info", "updates", "triggers"})
      std::filesystem::create_directories(database() / name);
  }

  harness::Outcome install(const std::filesystem::path& package) const {
    return harness::run(
        {"dpkg", "--root=" + root(), "--log=" + root() + "/log", "--force-not-root", "--install", package});
  }
  std::string root() const { return root_.path(); }

  // A package of empty files with these names.
  std::filesystem::path make(const std::string& name, const std::vector<std::string>& files) const {
    const std::filesystem::path tree = packages_ / name;
    for (const std::string& file : files) harness::write_file(tree / file, "");
    harness::write_file(tree / "DEBIAN/control", "Package: " + name +
                                                     "\nVersion: 1\nArchitecture: all\nMaintainer: a "
                                                     "<a@example.org>\nDescription: of a test\n");
    dist::ask({"dpkg-deb", "--build", tree, packages_.path()});
    return packages_ / (name + "_1_all.deb");
  }

 private:
  std::filesystem::path database() const { return root_ / "var/lib/dpkg"; }

  harness::TemporaryDirectory root_;
  harness::TemporaryDirectory packages_;
};

TEST(Package, InstallsBesideTheSystemsOwnInit) {
  const System system;
  const std::vector<std::string> owned{"sbin/init", "usr/sbin/init", "usr/bin/healthcheck",
                                       "usr/share/man/man1/init.1.gz", "usr/share/man/man8/init.8.gz"};
  ASSERT_EQ(system.install(system.make("systemd-sysv", owned)).status, 0);
  const harness::Outcome installed = system.install(dist::package(dist::architectures.front()));
  ASSERT_EQ(installed.status, 0) << installed.err;
  for (const std::string& file : owned) EXPECT_EQ(harness::read_file(system.root() + "/" + file), "") << file;
  EXPECT_EQ(dist::ask({system.root() + "/usr/libexec/distroless-init/init", "--version"}),
            "init " VERSION "\n");
}

TEST(Package, IsRefusedIfAnotherPackageHasTheSameFile) {
  const System system;
  const auto other = system.make("other", {"usr/libexec/distroless-init/init"});
  ASSERT_EQ(system.install(other).status, 0);
  const harness::Outcome refused = system.install(dist::package(dist::architectures.front()));
  EXPECT_NE(refused.status, 0);
  EXPECT_TRUE(refused.err.contains("trying to overwrite")) << refused.err;
}

}  // namespace
