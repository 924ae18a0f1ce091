// Tests the image: a valid OCI layout of every architecture, and Docker's older archive in the same file.
#include <gtest/gtest.h>

#include <set>

#include "dist.hpp"
#include "harness/files.hpp"

namespace {

using harness::operator/;
using Words = std::vector<std::string>;

class ImageTest : public testing::Test {
 protected:
  ImageTest() { dist::ask({"tar", "-xf", dist::image(), "-C", layout_.path()}); }

  std::string jq(const std::string& filter, const std::string& file) const {
    return dist::ask({"jq", "-r", filter, layout_ / file});
  }
  static std::string file_of(const std::string& digest) {
    return "blobs/sha256/" + digest.substr(digest.find(':') + 1);
  }
  std::string index() const {
    return file_of(dist::lines_of(jq(".manifests[].digest", "index.json")).front());
  }
  Words manifests() const {
    Words files;
    for (const std::string& digest : dist::lines_of(jq(".manifests[].digest", index())))
      files.push_back(file_of(digest));
    return files;
  }
  // Returns "sha256:... size" of each descriptor in a file.
  std::set<std::string> descriptors_in(const std::string& file) const {
    const Words lines =
        dist::lines_of(jq(R"jq(.. | objects | select(.digest) | "\(.digest) \(.size)")jq", file));
    return {lines.begin(), lines.end()};
  }

  harness::TemporaryDirectory layout_;
};

TEST_F(ImageTest, EveryBlobMatchesItsDigestAndSize) {
  std::set<std::string> named = descriptors_in("index.json");
  named.merge(descriptors_in(index()));
  for (const std::string& manifest : manifests()) named.merge(descriptors_in(manifest));
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator{layout_ / "blobs/sha256"}) {
    const std::string digest = dist::ask({"sha256sum", entry.path()}).substr(0, 64);
    EXPECT_EQ(entry.path().filename(), digest);
    found.insert("sha256:" + digest + " " + std::to_string(entry.file_size()));
  }
  EXPECT_EQ(named, found);
  EXPECT_EQ(found.size(), 1 + 3 * dist::architectures.size());
}

TEST_F(ImageTest, IsOneIndexOverEveryPlatform) {
  std::string platforms;
  for (const dist::Architecture& architecture : dist::architectures)
    platforms += "linux/" + architecture.name + "/" + architecture.variant + "\n";
  const std::string filter = R"jq("\(.os)/\(.architecture)/\(.variant // "")")jq";
  EXPECT_EQ(jq(".manifests[].platform | " + filter, index()), platforms);
  std::string configured;
  for (const std::string& manifest : manifests())
    configured += jq(filter, file_of(dist::lines_of(jq(".config.digest", manifest)).front()));
  EXPECT_EQ(configured, platforms);
  EXPECT_EQ(jq(".imageLayoutVersion", "oci-layout"), "1.0.0\n");
}

TEST_F(ImageTest, DescribesItselfInAnnotationsAndLabels) {
  const std::string filter = R"jq( | [."org.opencontainers.image.title", ."org.opencontainers.image.version",
                                ."org.opencontainers.image.licenses"] | join(" "))jq";
  const std::string expected = "distroless-init " VERSION " MIT\n";
  EXPECT_EQ(jq(".annotations" + filter, index()), expected);
  for (const std::string& manifest : manifests()) {
    EXPECT_EQ(jq(".annotations" + filter, manifest), expected);
    EXPECT_EQ(jq(".config.Labels" + filter, file_of(dist::lines_of(jq(".config.digest", manifest)).front())),
              expected);
  }
  EXPECT_EQ(jq(R"(.manifests[].annotations."org.opencontainers.image.ref.name")", "index.json"),
            VERSION "\n");
}

// They belong to root with mode 0755, whoever made them.
TEST_F(ImageTest, LayerContainsOnlyThePrograms) {
  for (const std::string& manifest : manifests()) {
    const auto layer = layout_ / file_of(dist::lines_of(jq(".layers[].digest", manifest)).front());
    Words entries;
    for (const std::string& line : dist::lines_of(dist::ask({"tar", "-tvf", layer, "--numeric-owner"})))
      entries.push_back(line.substr(0, 14) + line.substr(line.rfind(' ')));
    Words expected;
    for (const std::string& program : dist::programs) expected.push_back("-rwxr-xr-x 0/0 " + program);
    EXPECT_EQ(entries, expected);
  }
}

// Pulls it as an engine of that platform would: from the index, or by Docker's tag.
class PulledImage : public testing::TestWithParam<dist::Architecture> {
 protected:
  static std::map<std::string, std::string> pull(const std::string& source) {
    const harness::TemporaryDirectory pulled;
    Words command{"skopeo", "--insecure-policy", "--override-os=linux", "--override-arch=" + GetParam().name};
    if (!GetParam().variant.empty()) command.push_back("--override-variant=" + GetParam().variant);
    command.insert(command.end(), {"copy", "--quiet", source, "dir:" + pulled.path().string()});
    dist::ask(command);
    const std::string layer =
        dist::lines_of(dist::ask({"jq", "-r", ".layers[].digest", pulled / "manifest.json"})).front();
    const harness::TemporaryDirectory root;
    dist::ask({"tar", "-xf", pulled / layer.substr(layer.find(':') + 1), "-C", root.path()});
    return dist::files_in(root.path());
  }
  static std::map<std::string, std::string> released() {
    std::map<std::string, std::string> files;
    for (const std::string& program : dist::programs) files[program] = dist::bare(program, GetParam());
    return files;
  }
};

TEST_P(PulledImage, HasProgramsOfItsPlatform) {
  EXPECT_TRUE(pull("oci-archive:" + dist::image().string()) == released());
}

TEST_P(PulledImage, HasThemUnderDockersTagToo) {
  EXPECT_TRUE(pull("docker-archive:" + dist::image().string() + ":distroless-init:" VERSION "-" +
                   GetParam().name) == released());
}

INSTANTIATE_TEST_SUITE_P(Architectures, PulledImage, testing::ValuesIn(dist::architectures),
                         [](const auto& shown) { return shown.param.name; });

}  // namespace
