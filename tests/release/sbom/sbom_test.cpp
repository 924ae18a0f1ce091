// Tests the release's bill of materials: both documents have the form they claim, and their statements are
// true.
#include <gtest/gtest.h>

#include <regex>

#include "trial.hpp"

namespace {

using harness::read_file;
using harness::write_file;
using sbom::Trial;
using sbom::with;

TEST(Sbom, BothDocumentsAreValidAndMatchTheDisk) {
  const Trial trial;
  const harness::Outcome made = trial.generate();
  ASSERT_EQ(made.status, 0) << made.err;
  const harness::Outcome checked = trial.check({trial.spdx(), trial.cyclonedx()});
  EXPECT_EQ(checked.status, 0);
  EXPECT_EQ(checked.err, "");
}

TEST(Sbom, SameReleaseMakesTheSameBytes) {
  const Trial first;
  const Trial second;
  ASSERT_EQ(first.generate().status, 0);
  ASSERT_EQ(second.generate().status, 0);
  EXPECT_EQ(read_file(first.spdx()), read_file(second.spdx()));
  EXPECT_EQ(read_file(first.cyclonedx()), read_file(second.cyclonedx()));
}

std::string only(const std::string& text, const char* pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex{pattern}) ? found[1].str() : "";
}

TEST(Sbom, AnotherTimeMakesAnotherDocument) {
  const Trial trial;
  ASSERT_EQ(trial.generate("0").status, 0);
  const std::string before[] = {read_file(trial.spdx()), read_file(trial.cyclonedx())};
  ASSERT_EQ(trial.generate("1").status, 0);
  const std::string after[] = {read_file(trial.spdx()), read_file(trial.cyclonedx())};
  const char* const time[] = {"\"created\": \"([^\"]*)\"", "\"timestamp\": \"([^\"]*)\""};
  const char* const identifier[] = {"\"documentNamespace\": \"([^\"]*)\"", "\"serialNumber\": \"([^\"]*)\""};
  for (int form = 0; form < 2; ++form) {
    EXPECT_EQ(only(before[form], time[form]), "1970-01-01T00:00:00Z");
    EXPECT_EQ(only(after[form], time[form]), "1970-01-01T00:00:01Z");
    EXPECT_NE(only(before[form], identifier[form]), "");
    EXPECT_NE(only(before[form], identifier[form]), only(after[form], identifier[form]));
  }
}

// For each file, as recorded in the link map.
TEST(Sbom, CompilersRuntimeIsLinkedIfTheMapHasIt) {
  const Trial trial;
  ASSERT_EQ(trial.generate().status, 0);
  int with_it = 0;
  for (const char* architecture : sbom::architectures)
    for (const char* program : sbom::programs) {
      const std::string map = read_file(trial.map(program, architecture));
      const bool has = map.contains("/libclang_rt.builtins-");
      with_it += has ? 1 : 0;
      const std::string relations = trial.relations_of(std::string{program} + "-linux-" + architecture);
      EXPECT_TRUE(relations.contains("STATIC_LINK SPDXRef-musl-")) << architecture << ": " << relations;
      EXPECT_EQ(relations.contains("STATIC_LINK SPDXRef-lib"), has) << architecture << ": " << relations;
    }
  EXPECT_GT(with_it, 0);
  EXPECT_LT(with_it, 14);
}

TEST(Sbom, ExactlyTheMapsPackagesAreLinked) {
  const Trial trial;
  const std::string more = " 1 1 1 1 /a/libclang_rt.builtins-x86_64.a(udivti3.c.o):(.text)\n";
  write_file(trial.map("init", "amd64"), read_file(trial.map("init", "amd64")) + more);
  const std::string arm = read_file(trial.map("init", "arm"));
  write_file(
      trial.map("init", "arm"),
      std::regex_replace(arm, std::regex{"libclang_rt.builtins-armhf.a\\([^)]*\\)"}, "libc.a(more.lo)"));
  ASSERT_EQ(trial.generate().status, 0);
  EXPECT_TRUE(
      trial.relations_of("init-linux-amd64").contains("STATIC_LINK SPDXRef-libclang-rt-19-dev-amd64\n"));
  EXPECT_FALSE(trial.relations_of("healthcheck-linux-amd64").contains("libclang-rt"));
  EXPECT_FALSE(trial.relations_of("init-linux-arm").contains("libclang-rt"));
  EXPECT_TRUE(trial.relations_of("healthcheck-linux-arm").contains("SPDXRef-libclang-rt-19-dev-armhf\n"));
  const harness::Outcome checked = trial.check({trial.spdx(), trial.cyclonedx()});
  EXPECT_EQ(checked.status, 0) << checked.err;
  const std::string document = read_file(trial.cyclonedx());
  EXPECT_TRUE(document.contains(
      "\"name\": \"distroless-init:linked:libclang-rt-19-dev\",\n          \"value\": \"udivti3.c.o\""));
}

// Nothing is skipped: an unknown file stops the release.
TEST(Sbom, FileOfUnknownPackageIsRefused) {
  const Trial trial;
  const std::string map = read_file(trial.map("init", "s390x"));
  for (const char* input : {"/a/libz.a(inflate.o)", "/a/start.o", "/a/libgcc.a(_divti3.o)"}) {
    write_file(trial.map("init", "s390x"), map + " 1 1 1 1 " + input + ":(.text)\n");
    const harness::Outcome made = trial.generate();
    EXPECT_NE(made.status, 0) << input;
    EXPECT_TRUE(made.err.contains("no package is known") || made.err.contains("is in no sysroot"))
        << made.err;
  }
  write_file(trial.map("init", "s390x"), map);
  write_file(trial.packages("s390x"), read_file(trial.packages("s390x")) + "zlib1g-dev 1:1.2.13 s390x 00\n");
  EXPECT_TRUE(trial.generate().err.contains("no licence is known for the package zlib1g-dev"));
}

void change_a_byte(const std::filesystem::path& file) {
  std::string content = read_file(file);
  content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
  write_file(file, content);
}

TEST(Sbom, FileThatChangedSinceLinkingIsRefused) {
  const Trial trial;
  change_a_byte(trial.shipped("init", "arm64"));
  const harness::Outcome made = trial.generate();
  EXPECT_NE(made.status, 0);
  EXPECT_TRUE(made.err.contains("dist/init-linux-arm64")) << made.err;
  std::filesystem::remove(trial.shipped("init", "arm64"));
  EXPECT_NE(trial.generate().status, 0);
}

TEST(Sbom, ByteChangedLaterIsFoundInBothDocuments) {
  const Trial trial;
  ASSERT_EQ(trial.generate().status, 0);
  change_a_byte(trial.shipped("healthcheck", "riscv64"));
  const harness::Outcome checked = trial.check({trial.spdx(), trial.cyclonedx()});
  EXPECT_EQ(checked.status, 1);
  EXPECT_TRUE(checked.err.contains(".spdx.json: a file is not so: healthcheck-linux-riscv64")) << checked.err;
  EXPECT_TRUE(checked.err.contains(".spdx.json: the verification code")) << checked.err;
  EXPECT_TRUE(checked.err.contains(".cdx.json: a file is not so: healthcheck-linux-riscv64")) << checked.err;
}

TEST(Sbom, AnotherPackageInASysrootIsFoundInBothDocuments) {
  const Trial trial;
  ASSERT_EQ(trial.generate().status, 0);
  const std::string list = read_file(trial.packages("arm64"));
  write_file(trial.packages("arm64"), with(list, "musl-dev 1.2.5-", "musl-dev 1.2.5-0."));
  const std::string rest = only(list, "musl-dev 1\\.2\\.5-(\\S+) arm64");
  ASSERT_NE(rest, "");
  const harness::Outcome checked = trial.check({trial.spdx(), trial.cyclonedx()});
  EXPECT_EQ(checked.status, 1);
  for (const char* form : {"spdx", "cdx"})
    for (const std::string& fault :
         {"is not so: musl-dev 1.2.5-" + rest, "is not said: musl-dev 1.2.5-0." + rest})
      EXPECT_TRUE(checked.err.contains(std::string{"."} + form + ".json: a package " + fault + " arm64"))
          << checked.err;
}

}  // namespace
