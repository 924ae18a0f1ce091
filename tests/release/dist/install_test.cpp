// Tests `cmake --install`: the installed paths, with a prefix and with DESTDIR.
#include <gtest/gtest.h>

#include "dist.hpp"
#include "harness/files.hpp"
#include "harness/programs.hpp"

namespace {

using harness::operator/;

std::map<std::string, std::string> expected(const std::string& prefix) {
  std::map<std::string, std::string> files;
  for (const std::string& program : dist::programs) {
    files[prefix + "libexec/distroless-init/" + program] = harness::read_file(harness::shipped(program));
    files[prefix + "share/man/man1/" + program + ".1distroless"] =
        harness::read_file(SOURCE_DIR "/man/" + program + ".1");
  }
  for (const char* text : {"LICENSE", "NOTICE"})
    files[prefix + "share/doc/distroless-init/" + text] =
        harness::read_file(std::string{SOURCE_DIR "/"} + text);
  return files;
}

void install(const std::string& prefix, const std::string& destination) {
  dist::ask({CMAKE, "--install", SOURCE_DIR "/build/release", "--prefix", prefix},
            {.environment = {"DESTDIR=" + destination}});
}

TEST(Install, FilesGoBelowThePrefix) {
  const harness::TemporaryDirectory directory;
  install(directory.path(), "");
  EXPECT_TRUE(dist::files_in(directory.path()) == expected(""));
  for (const auto& [name, mode] : dist::modes_in(directory / "libexec/distroless-init"))
    EXPECT_EQ(mode, "rwxr-xr-x") << name;
  for (const auto& [name, mode] : dist::modes_in(directory / "share/man/man1"))
    EXPECT_EQ(mode, "rw-r--r--") << name;
}

TEST(Install, PrefixGoesBelowDestdir) {
  const harness::TemporaryDirectory directory;
  install("/usr", directory.path());
  EXPECT_TRUE(dist::files_in(directory.path()) == expected("usr/"));
}

}  // namespace
