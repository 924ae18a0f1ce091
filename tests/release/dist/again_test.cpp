// Tests that the same sources make the same bytes: in another directory, by another user with another umask,
// in another time zone and language, a year later.
#include <gtest/gtest.h>
#include <unistd.h>

#include "dist.hpp"
#include "harness/files.hpp"

namespace {

using harness::operator/;
using Files = std::map<std::string, std::string>;

constexpr auto limit = std::chrono::minutes{14};

// Returns only names, because the contents are not readable.
std::vector<std::string> differing(const Files& one, const Files& other) {
  std::vector<std::string> names;
  for (const auto& [name, content] : one)
    if (!other.contains(name) || other.at(name) != content) names.push_back(name);
  for (const auto& [name, content] : other)
    if (!one.contains(name)) names.push_back(name);
  return names;
}

// The tree as a tarball has it: without git, but with the text that `git archive` writes into it, and with
// its file modes.
void copy_sources(const std::string& to) {
  dist::ask({"sh", "-c",
             "tar -C \"$1\" --exclude=./build --exclude=./.git -cf - . | tar -C \"$2\" --touch -xf - &&"
             "\"$1\"/packaging/origin.sh >\"$2\"/packaging/commit &&"
             "chmod -R g+w \"$2\"",
             "sh", SOURCE_DIR, to});
}

void give(const std::string& directory, const std::string& user) {
  dist::ask(dist::as_root({"chown", "--recursive", user, directory}));
}

harness::Outcome build_as_nobody(const std::string& directory) {
  const std::vector<std::string> command{
      "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
      // This environment has no compiler cache.
      "env", "--ignore-environment", "PATH=/usr/bin:/bin", "HOME=" + directory, "USER=nobody",
      "TZ=Pacific/Kiritimati", "LC_ALL=C.UTF-8",
      // All clocks, and the times of files.
      "faketime", "+400 days", "sh", "-c", "umask 077; exec " CMAKE " --workflow --preset release-all"};
  return harness::run(dist::as_root(command), {.directory = directory}, limit);
}

TEST(Reproducibility, AnotherUserElsewhereAYearLaterMakesTheSameBytes) {
  const harness::TemporaryDirectory elsewhere;
  copy_sources(elsewhere.path());
  give(elsewhere.path(), "nobody");
  const harness::Outcome built = build_as_nobody(elsewhere.path());
  give(elsewhere.path(), std::to_string(::getuid()));
  ASSERT_EQ(built.status, 0) << built.out << built.err;
  const Files again = dist::files_in(elsewhere / "build/release-all/dist");
  EXPECT_GT(again.size(), 30U);
  EXPECT_EQ(differing(dist::files_in(dist::path("")), again), std::vector<std::string>{});
}

// Control: only a bare program contains no time.
TEST(Reproducibility, LaterSourcesMakeDifferentArchives) {
  const harness::TemporaryDirectory build;
  std::vector<std::string> command{SOURCE_DIR "/packaging/dist.sh", VERSION, build.path()};
  for (const dist::Architecture& architecture : dist::architectures) command.push_back(architecture.name);
  dist::ask(command, {.environment = {"SOURCE_DATE_EPOCH=1700000000"}});
  std::vector<std::string> archives;
  for (const auto& [name, content] : dist::files_in(dist::path("")))
    if (!name.contains("-linux-") || name.ends_with(".gz")) archives.push_back(name);
  EXPECT_EQ(differing(dist::files_in(dist::path("")), dist::files_in(build / "dist")), archives);
}

}  // namespace
