// The ClientHello of both versions (RFC 8446 §4.1.2).
#pragma once

#include <array>
#include <string_view>

#include "base/arena.hpp"
#include "healthcheck/protocol/tls/crypto/bytes.hpp"
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

namespace healthcheck::tls {

// The service that the client asks for.
struct Offer {
  std::string_view server_name;           // empty: none, as for addresses (RFC 6066 §3)
  std::string_view application_protocol;  // behind its length (RFC 7301 §3.1), "\x02h2"; empty: any
};

// The parts that a HelloRetryRequest changes, and the random bytes that it does not.
struct HelloParts {
  Bytes random;
  Group group;
  Bytes share;
  Bytes cookie;  // of a HelloRetryRequest
};

// Adds the body of the message.
void add_client_hello(base::Arena& out, const Offer& offer, const HelloParts& parts);

}  // namespace healthcheck::tls
