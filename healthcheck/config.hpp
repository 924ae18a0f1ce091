// What the command line and the environment ask of healthcheck.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/duration.hpp"
#include "base/options.hpp"
#include "healthcheck/target/expand.hpp"
#include "healthcheck/target/reach.hpp"

namespace healthcheck {

using base::Duration;

enum class Request : std::uint8_t { Probe, Help, Version };

struct Config {
  explicit Config(Expansion& expander) : expansion(expander) {}

  Expansion& expansion;
  Duration timeout = base::seconds(3);  // 0: none
  Duration wait{};                      // 0: one round
  Duration interval = base::milliseconds(500);
  Duration max_age{};  // 0: any
  std::string_view statuses = "200-399";
  std::string_view method = "GET";
  std::string_view user{};     // NAME:PASSWORD
  std::string_view headers{};  // as they are sent, each with its CRLF
  std::string_view user_agent = PROGRAM_NAME "/" PROJECT_VERSION;
  std::string_view body{};         // empty: not asked for
  std::string_view unix_socket{};  // empty: the target's own address
  std::string_view send{}, expect{};
  bool quiet = false, verbose = false;
  bool hides_value = false;  // of the option that there is a problem with: it may be a secret
  Request request = Request::Probe;
  bool finished = false;  // --help or --version was seen
};

extern const base::OptionTable option_table;

}  // namespace healthcheck
