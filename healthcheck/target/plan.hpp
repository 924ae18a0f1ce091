// The plan of a run: what the options ask for. Options write it, everything else reads it.
#pragma once

#include <string_view>

#include "base/duration.hpp"
#include "healthcheck/target/reach.hpp"

namespace healthcheck {

using base::Duration;

struct Plan {
  Duration timeout = base::seconds(3);  // 0: none
  Duration wait{};                      // 0: one attempt
  Duration interval = base::milliseconds(500);
  Duration max_age{};  // 0: any
  std::string_view statuses = "200-399";
  std::string_view method = "GET";
  std::string_view user{};     // NAME:PASSWORD
  std::string_view headers{};  // as they are sent, each with its CRLF
  std::string_view user_agent = PROGRAM_NAME "/" PROJECT_VERSION;
  std::string_view body{};         // empty: any body
  std::string_view unix_socket{};  // empty: connect to the target's own address
  std::string_view send{}, expect{};
  bool quiet = false, verbose = false;
};

}  // namespace healthcheck
