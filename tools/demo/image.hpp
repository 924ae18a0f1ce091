// Image: the root of a container as a Dockerfile based on distroless/static would leave it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "harness/files.hpp"

namespace demo {

class Image {
 public:
  Image();

  const std::filesystem::path& root() const { return directory_.path(); }
  std::uintmax_t bytes_of(std::string_view name) const {
    return std::filesystem::file_size(directory_ / name);
  }

 private:
  harness::TemporaryDirectory directory_;
};

}  // namespace demo
