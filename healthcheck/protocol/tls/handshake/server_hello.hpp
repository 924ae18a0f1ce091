// The ServerHello of both versions, and the HelloRetryRequest (RFC 8446 §4.1.3 and §4.1.4, RFC 5246
// §7.4.1.3).
#pragma once

#include <optional>

#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"
#include "healthcheck/protocol/tls/record/alert.hpp"
#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

struct ServerHello {
  Version version = Version::Tls12;
  Hash hash = Hash::Sha256;
  bool is_retry = false;
  bool has_extended_master_secret = false;
  Bytes random{};
  Bytes cookie{};                // of a HelloRetryRequest
  std::optional<Group> group{};  // of the server's share, or the one that is asked for
  Bytes share{};
};

// The group of this number, if it was offered.
std::optional<Group> find_group(std::uint32_t number);

// Parses the body of the message. The views point into it. Returns the alert to send if it is no valid answer
// to the ClientHello.
[[gnu::noinline]] Fault parse_server_hello(Bytes body, ServerHello& hello);

}  // namespace healthcheck::tls
