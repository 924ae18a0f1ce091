// Arithmetic modulo a prime of up to 384 bits. No product needs a division. Modulo NIST's primes,
// Montgomery's method keeps the number a as a R mod p, with R = 2^(bits of all limbs). Modulo 2^255 - 19, a
// is kept as it is: the bits from 2^256 on, the upper half of a product, count 38 times.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

#ifdef __SIZEOF_INT128__
using Limb = std::uint64_t;
__extension__ typedef unsigned __int128 Wide;
#else
using Limb = std::uint32_t;
using Wide = std::uint64_t;
#endif

inline constexpr std::size_t limb_bits = 8 * sizeof(Limb);
inline constexpr std::size_t max_limbs = 384 / limb_bits;
// The least significant limb comes first.
using Limbs = std::array<Limb, max_limbs>;

// A number modulo the prime. Modulo NIST's primes it has one form; modulo 2^255 - 19 it is any that is less
// than 2^255 + 2^11.
struct Element {
  Limbs limbs{};
};

class Field {
 public:
  // The prime is odd, and has 32 or 48 bytes. It has no bit to spare, or is just below 2^255. All numbers
  // have the same order of bytes as it.
  Field(Bytes prime, std::endian order);

  // The size of the prime in bytes.
  std::size_t size() const { return size_ * sizeof(Limb); }
  // Reads a number of at most the prime's size.
  Limbs load(Bytes number) const;
  // Reduces the number.
  Element element(const Limbs& number) const { return multiply({number}, square_of_r_); }
  // Returns the number below the prime.
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
  Element reduce(Limb* number, Limb carry) const;
  Element fold(Limb* number, Limb carry) const;
  Element multiply_and_fold(const Element& a, const Element& b) const;
  // Returns a^((prime - less) / 2^dropped), rounded down.
  Element power(const Element& a, Limb less, std::size_t dropped) const;
  // The place of a byte of a number, counted from the least significant one.
  std::size_t place(std::size_t index, std::size_t size) const {
    return order_ == std::endian::big ? size - 1 - index : index;
  }

  std::endian order_;
  std::size_t size_;  // in limbs
  Limbs prime_;
  Limbs bound_;          // a multiple of the prime, and at least as large as every element
  Limb factor_;          // -1/p modulo a limb
  Limb excess_;          // 2^255 - p; 0 for Montgomery's method
  Element square_of_r_;  // as a plain number, which is R in Montgomery's form; 1 without it
};

}  // namespace healthcheck::tls
