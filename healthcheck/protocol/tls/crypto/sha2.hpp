// SHA-256 and SHA-384 (FIPS 180-4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

// The values are the sizes of the digests.
enum class Hash : std::uint8_t { Sha256 = 32, Sha384 = 48 };

constexpr std::size_t digest_size(Hash hash) { return static_cast<std::size_t>(hash); }
// HMAC pads its key to this size.
constexpr std::size_t block_size(Hash hash) { return hash == Hash::Sha256 ? 64 : 128; }

// A key for HMAC (RFC 2104), and the hash to use with it.
struct HmacKey {
  Hash hash;
  Bytes bytes;
};

// A digest, or any other string of a hash's size, such as a secret of TLS 1.3's key schedule.
struct Digest {
  Hash hash;
  std::array<std::uint8_t, digest_size(Hash::Sha384)> storage;

  // Not initialised.
  Digest() {}
  // Zeros. Not inlined, and neither is the assignment: that is smaller.
  [[gnu::noinline]] constexpr explicit Digest(Hash chosen) : hash(chosen), storage{} {}
  Digest(const Digest&) = default;
  [[gnu::noinline]] constexpr Digest& operator=(const Digest& other) {
    hash = other.hash;
    storage = other.storage;
    return *this;
  }
  constexpr Bytes bytes() const { return {storage.data(), digest_size(hash)}; }
  // A secret of the key schedule is the key of the next step.
  constexpr operator HmacKey() const { return {hash, bytes()}; }
  constexpr MutableBytes bytes() { return {storage.data(), digest_size(hash)}; }
};

class Sha2 {
 public:
  explicit Sha2(Hash hash) { start(hash); }
  // Begins a new message.
  [[gnu::noinline]] void start(Hash hash);

  void put(std::uint8_t byte);
  void update(Bytes message);
  // Returns the digest of the message so far. The message may go on: a handshake's transcript does.
  Digest digest() const {
    Digest result;
    digest(result);
    return result;
  }
  // The same without a copy.
  [[gnu::noinline]] void digest(Digest& result) const;

 private:
  void pad();

  Hash hash_;
  std::uint64_t size_ = 0;  // of the message, in bytes
  std::array<std::uint64_t, 8> state_;
  std::array<std::uint8_t, block_size(Hash::Sha384)> block_;
};

}  // namespace healthcheck::tls
