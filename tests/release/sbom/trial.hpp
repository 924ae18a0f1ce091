// A copy of the release that a test may damage: the shipped files, the link maps, the sysroots' lists of
// packages.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "harness/files.hpp"
#include "harness/process.hpp"

namespace sbom {

inline constexpr const char* programs[] = {"init", "healthcheck", "healthcheck-tls"};
inline constexpr const char* architectures[] = {"amd64",   "arm64",   "arm",  "386",
                                                "ppc64le", "riscv64", "s390x"};

class Trial {
 public:
  Trial();

  std::filesystem::path shipped(std::string_view program, std::string_view architecture) const;
  std::filesystem::path map(std::string_view program, std::string_view architecture) const;
  std::filesystem::path packages(std::string_view debian_architecture) const;
  std::filesystem::path spdx() const;
  std::filesystem::path cyclonedx() const;

  harness::Outcome generate(std::string_view epoch = "1790000000") const;
  // Of these documents, in this order.
  harness::Outcome check(const std::vector<std::string>& documents) const;

  // Returns the SPDX document's statements about a file: "STATIC_LINK SPDXRef-musl-dev-amd64", one line each.
  std::string relations_of(const std::string& file) const;

 private:
  harness::TemporaryDirectory directory_;
};

// Replaces a text that must be present.
std::string with(std::string text, std::string_view right, std::string_view wrong);

}  // namespace sbom
