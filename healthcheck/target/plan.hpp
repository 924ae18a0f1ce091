// The plan of a run. The options write it, and everything else reads it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/duration.hpp"
#include "base/signals.hpp"
#include "healthcheck/target/reach.hpp"

namespace healthcheck {

using base::Duration;

// A condition on the body of an HTTP response.
struct BodyText {
  enum class Rule : std::uint8_t { Required, Forbidden };

  std::string_view text;  // not empty
  Rule rule{};
};

// The conditions in the order of the command line.
class BodyTexts {
 public:
  static constexpr std::size_t max_count = 8;

  // Returns false if there are too many.
  constexpr bool add(const BodyText& text) {
    if (count_ == max_count) return false;
    texts_[count_++] = text;
    return true;
  }
  constexpr std::span<const BodyText> all() const { return {texts_.data(), count_}; }
  constexpr bool empty() const { return count_ == 0; }

 private:
  std::array<BodyText, max_count> texts_{};
  std::size_t count_ = 0;
};

// The largest member is the last: the first 128 bytes are the cheapest to access.
struct Plan {
  bool any = false;             // one healthy target is enough
  base::Signal on_failure = 0;  // for PID 1, if the run ends unhealthy; 0: none
  bool quiet = false, verbose = false;
  Duration timeout = base::seconds(3);  // 0: none
  Duration wait{};                      // 0: one attempt
  Duration interval = base::milliseconds(500);
  Duration max_age{};              // 0: any
  std::string_view headers{};      // as the user wrote them, each followed by CRLF
  std::string_view hosts{};        // the text of /etc/hosts, if a target needs it
  std::string_view unix_socket{};  // empty: connect to the target's own address
  std::string_view expect{}, send{};
  std::string_view statuses = "200-399";
  std::string_view method = "GET";
  std::string_view user{};  // NAME:PASSWORD
  std::string_view user_agent = PROGRAM_NAME "/" PROJECT_VERSION;
#ifdef HEALTHCHECK_TLS
  std::string_view server_name{};  // empty: the target's host, if that is a name
  Duration min_validity{};         // of the server's certificate; 0: any
#endif
  BodyTexts body_texts{};
};

}  // namespace healthcheck
