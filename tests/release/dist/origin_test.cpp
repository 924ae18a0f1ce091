// Tests the information that origin.sh finds about the sources: in a clone, in a tarball of it, and without
// either.
#include <gtest/gtest.h>
#include <unistd.h>

#include "dist.hpp"
#include "harness/files.hpp"

namespace {

namespace fs = std::filesystem;
using harness::operator/;

constexpr const char* time_of_commit = "1700000000";

class OriginTest : public testing::Test {
 protected:
  OriginTest() {
    for (const char* name : {"origin.sh", "commit", ".gitattributes"}) copy(std::string{"packaging/"} + name);
  }

  void copy(const std::string& name) const {
    fs::create_directories((tree_ / name).parent_path());
    fs::copy_file(std::string{SOURCE_DIR "/"} + name, tree_ / name);
  }

  std::string git(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"git", "-C", tree_.path(), "-c", "user.name=a", "-c",
                                         "user.email=a@example.org", "-c", "init.defaultBranch=main"});
    return dist::ask(arguments, {.environment = {"HOME=" + tree_.path().string(),
                                                 std::string{"GIT_COMMITTER_DATE=@"} + time_of_commit,
                                                 "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}});
  }
  std::string commit() const {
    git({"init", "--quiet"});
    git({"add", "packaging"});
    git({"commit", "--quiet", "--message=a"});
    return dist::lines_of(git({"rev-parse", "HEAD"})).front();
  }

  static std::string origin_of(const fs::path& tree, const std::string& epoch = "SOURCE_DATE_EPOCH") {
    return dist::ask(
        {tree / "packaging/origin.sh"},
        {.environment = {epoch, "HOME=" + tree.string(), "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}});
  }

  harness::TemporaryDirectory tree_;
};

TEST_F(OriginTest, IsTheCommitAndItsTime) {
  const std::string hash = commit();
  EXPECT_EQ(origin_of(tree_.path()), time_of_commit + (" " + hash) + "\n");
}

TEST_F(OriginTest, ReportsUncommittedChanges) {
  const std::string hash = commit();
  harness::write_file(tree_ / "packaging/.gitattributes", "commit export-subst # changed\n");
  EXPECT_EQ(origin_of(tree_.path()), time_of_commit + (" " + hash) + "-dirty\n");
}

TEST_F(OriginTest, IsTheSameInTarballOfTheCommit) {
  const std::string hash = commit();
  git({"archive", "--output=sources.tar", "HEAD"});
  const harness::TemporaryDirectory unpacked;
  dist::ask({"tar", "-xf", tree_ / "sources.tar", "-C", unpacked.path()});
  EXPECT_EQ(origin_of(unpacked.path()), time_of_commit + (" " + hash) + "\n");
}

// As in CI, where root in a container builds the files that the runner's user has checked out.
TEST_F(OriginTest, IsTheSameForAnotherUser) {
  const std::string hash = commit();
  dist::ask(dist::as_root({"chown", "--recursive", "nobody", tree_.path()}));
  const std::string origin = origin_of(tree_.path());
  dist::ask(dist::as_root({"chown", "--recursive", std::to_string(::getuid()), tree_.path()}));
  EXPECT_EQ(origin, time_of_commit + (" " + hash) + "\n");
}

TEST_F(OriginTest, IsTheLicencesYearIfNothingIsKnown) {
  EXPECT_EQ(origin_of(tree_.path()), "1767225600\n");
  EXPECT_EQ(dist::ask({"date", "--utc", "--date=@1767225600", "+%Y-%m-%dT%T"}), "2026-01-01T00:00:00\n");
  EXPECT_TRUE(harness::read_file(SOURCE_DIR "/LICENSE").contains("(c) 2026 "));
}

TEST_F(OriginTest, UsesTheRequestedTime) {
  EXPECT_EQ(origin_of(tree_.path(), "SOURCE_DATE_EPOCH=7"), "7\n");
  const std::string hash = commit();
  EXPECT_EQ(origin_of(tree_.path(), "SOURCE_DATE_EPOCH=7"), "7 " + hash + "\n");
}

TEST_F(OriginTest, FailsIfGitFails) {
  harness::write_file(tree_ / ".git", "gitdir: /nowhere\n");
  EXPECT_NE(harness::run({tree_ / "packaging/origin.sh"}).status, 0);
}

}  // namespace
