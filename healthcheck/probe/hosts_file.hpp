// The text of /etc/hosts, which container engines write: the container's own name and its address stand
// there.
#pragma once

#include <array>
#include <string_view>

#include "base/result.hpp"

namespace healthcheck {

class HostsFile {
 public:
  static constexpr const char* path = "/etc/hosts";

  // Leaves the bytes uninitialised: only pages that are read into count as memory in use.
  HostsFile() {}  // NOLINT(*-member-init,*-use-equals-default)

  // Reads the whole lines of the file's first 16 KiB. Never waits, whatever the file is.
  base::Result<std::string_view> read();

 private:
  std::array<char, 16'384> text_;
};

}  // namespace healthcheck
