// Tests that the check finds faults: each in a copy of its own, all checked at once.
#include <gtest/gtest.h>

#include "trial.hpp"

namespace {

struct Fault {
  const char* form;
  const char* right;
  const char* wrong;
  const char* found;  // part of the expected report
};

constexpr Fault faults[] = {
    // Form
    {"spdx", "SPDX-2.3", "SPDX-2.2", "/spdxVersion must be equal to constant"},
    {"spdx", "\"dataLicense\"", "\"license\"", "'dataLicense'"},
    {"spdx", "\"downloadLocation\": \"NOASSERTION\"", "\"homepage\": \"NONE\"", "'downloadLocation'"},
    {"spdx", "\"algorithm\": \"SHA1\"", "\"algorithm\": \"MD5\"", "/files/0/checksums/0/algorithm"},
    {"spdx", "SPDXRef-libcpp-19", "SPDXRef-libc++-19", "/packages/2/SPDXID must match pattern"},
    {"spdx", "BUILD_TOOL_OF", "TOOL_OF", "/relationshipType must be equal to one of"},
    {"spdx", "Z\",\n    \"creators\"", "\",\n    \"creators\"", "/creationInfo/created must match"},
    {"cdx", "\"bomFormat\": \"CycloneDX\"", "\"bomFormat\": \"SPDX\"", "/bomFormat must be equal to one of"},
    {"cdx", "\"type\": \"file\"", "\"type\": \"program\"", "/components/0/type must be equal to one of"},
    {"cdx", "\"scope\": \"required\"", "\"scope\": \"needed\"",
     "/components/0/scope must be equal to one of"},
    {"cdx", "\"alg\": \"SHA-1\"", "\"alg\": \"SHA-0\"", "/hashes/0/alg must be equal to one of"},
    {"cdx", "\"id\": \"MIT\"", "\"id\": \"Expat\"", "/license/id must be equal to one of"},
    {"cdx", "urn:uuid:", "urn:guid:", "/serialNumber must match pattern"},
    {"cdx", "\"timestamp\": \"20", "\"timestamp\": \"at 20", "/metadata/timestamp must match format"},
    {"cdx", "\"phase\": \"build\"", "\"phases\": \"build\"", "/metadata/lifecycles/0 must"},
    // Internal references
    {"spdx", "\"relatedSpdxElement\": \"SPDXRef-init-linux-arm\"",
     "\"relatedSpdxElement\": \"SPDXRef-init-linux-armv7\"", "SPDXRef-init-linux-armv7 is not there"},
    {"spdx", "\"SPDXID\": \"SPDXRef-lld-19-amd64\"", "\"SPDXID\": \"SPDXRef-llvm-19-amd64\"",
     "SPDXRef-llvm-19-amd64 is there twice"},
    {"spdx", "\"relationshipType\": \"STATIC_LINK\"", "\"relationshipType\": \"GENERATED_FROM\"",
     "SPDXRef-init-linux-amd64 is not linked with one musl"},
    {"spdx", "\"relationshipType\": \"DESCRIBES\"", "\"relationshipType\": \"CONTAINS\"",
     "SPDXRef-DOCUMENT cannot be CONTAINS"},
    {"spdx", "\"licenseDeclared\": \"MIT\"", "\"licenseDeclared\": \"Expat\"", "Expat is no licence"},
    {"spdx", "libc%2B%2B-19-dev@", "libc++-19-dev@", "should be written pkg:deb/debian/libc%2B%2B"},
    {"spdx", "\"versionInfo\": \"1.2.3\"", "\"versionInfo\": \"1.2.4\"", "is not of distroless-init 1.2.4"},
    {"cdx", "\"ref\": \"init-linux-386\"", "\"ref\": \"init-linux-i386\"", "init-linux-i386 is not there"},
    {"cdx", "\"scope\": \"excluded\"", "\"scope\": \"required\"", "clang-19@1:19"},
    {"cdx", "\"expression\": \"Apache-2.0 WITH LLVM", "\"expression\": \"Apache-2.0 WITH LVM",
     "is no licence"},
    {"cdx", "\"purl\": \"pkg:deb/debian/lld-19@", "\"purl\": \"pkg:deb/debian/lld-20@", "is not of lld-19"},
    {"cdx", "\"purl\": \"pkg:deb/debian/llvm-19@1:19", "\"purl\": \"pkg:deb/debian/llvm-19@2:19",
     "a package is not said: pkg:deb/debian/llvm-19@1:19"},
};

TEST(Sbom, FaultsAreFound) {
  const sbom::Trial trial;
  ASSERT_EQ(trial.generate().status, 0);
  const harness::TemporaryDirectory directory;
  std::vector<std::string> documents;
  const auto name_of = [](const Fault& fault) {
    return std::to_string(&fault - faults) + "." + fault.form + ".json";
  };
  for (const Fault& fault : faults) {
    const std::string good = fault.form == std::string{"spdx"} ? trial.spdx() : trial.cyclonedx();
    documents.push_back(directory.path() / name_of(fault));
    harness::write_file(documents.back(), sbom::with(harness::read_file(good), fault.right, fault.wrong));
    // Each CycloneDX document follows the SPDX document that it is compared with.
    if (good == trial.cyclonedx()) documents.insert(documents.end() - 1, trial.spdx());
  }
  const harness::Outcome outcome = trial.check(documents);
  EXPECT_EQ(outcome.status, 1);
  for (const Fault& fault : faults) {
    const std::string said = "\n" + outcome.err;
    std::string of_it;
    const std::string start = "\n" + name_of(fault) + ": ";
    for (std::size_t at = said.find(start); at != said.npos; at = said.find(start, at + 1))
      of_it += said.substr(at, said.find('\n', at + 1) - at);
    EXPECT_TRUE(of_it.contains(fault.found)) << fault.wrong << " is not found:" << of_it;
  }
  EXPECT_FALSE(outcome.err.contains(trial.spdx().filename().string())) << "the SPDX document has no fault";
}

}  // namespace
