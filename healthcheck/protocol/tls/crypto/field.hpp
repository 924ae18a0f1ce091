// Arithmetic modulo a prime of up to 384 bits, by Montgomery's method: the number a is kept as a R mod p,
// with R = 2^(bits of all limbs), so that no product needs a division.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"
#include "healthcheck/protocol/tls/crypto/limb.hpp"

namespace healthcheck::tls {

inline constexpr std::size_t max_limbs = 384 / limb_bits;
// The least significant limb comes first.
using Limbs = std::array<Limb, max_limbs>;

// A number modulo the prime, less than it, in Montgomery's form.
struct Element {
  Limbs limbs{};
};

class Field {
 public:
  // The prime is odd, has 32 or 48 bytes, and its highest bit is 1. All numbers are big-endian.
  explicit Field(Bytes prime);

  // The size of the prime in bytes.
  std::size_t size() const { return size_ * sizeof(Limb); }
  // Reads a number of at most the prime's size.
  Limbs load(Bytes number) const;
  // Reduces the number.
  Element element(const Limbs& number) const { return multiply({number}, square_of_r_); }
  // Returns the plain number.
  [[gnu::noinline]] Limbs number(const Element& a) const;
  void to_bytes(const Element& a, MutableBytes bytes) const;

  Element add(const Element& a, const Element& b) const;
  Element subtract(const Element& a, const Element& b) const;
  Element multiply(const Element& a, const Element& b) const;
  Element square(const Element& a) const { return multiply(a, a); }
  // Returns 0 for 0.
  Element inverse(const Element& a) const;
  // Returns one of both roots, if there are any. Only for primes that are 3 modulo 4.
  Element square_root(const Element& a) const;

 private:
  Limb add_product(Limb* sum, const Limbs& a, Limb factor) const;
  Element less_prime(const Limb* number, Limb carry) const;
  // Returns a^((prime - less) / 2^dropped), rounded down.
  Element power(const Element& a, Limb less, std::size_t dropped) const;
  std::size_t size_;  // in limbs
  Limbs prime_;
  Limb factor_;          // -1/p modulo a limb
  Element square_of_r_;  // as a plain number, which is R in Montgomery's form
};

}  // namespace healthcheck::tls
