#include "healthcheck/protocol/tls/crypto/x25519.hpp"

#include <array>

#include "healthcheck/protocol/tls/crypto/limb.hpp"

namespace healthcheck::tls {

namespace {

constexpr std::size_t limbs = 256 / limb_bits;

// A number modulo the prime p = 2^255 - 19, the least significant limb first. It is not reduced to less than
// p until the end: any number of 256 bits will do for most functions.
using Number = std::array<Limb, limbs>;

// (A - 2) / 4 of the curve v^2 = u^3 + A u^2 + u (RFC 7748 §4.1 and §5).
constexpr Limb a24 = 121665;

// A probe spends most of its time in the loops over the limbs, so they are unrolled.

// Adds a multiple of `a`. Returns the limb that goes beyond.
[[gnu::always_inline]] inline Limb add_product(Limb* sum, const Limb* a, Limb factor) {
  Wide wide = 0;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < limbs; ++i) {
    wide += Wide{a[i]} * factor + sum[i];
    sum[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
  return static_cast<Limb>(wide);
}

// Brings a number with a limb more below 2^255 + 38 (carry + 1): the bits from 2^255 on count 19 times.
[[gnu::always_inline]] inline void fold(const Limb* number, Limb carry, Number& result) {
  Wide wide = Wide{carry << 1 | number[limbs - 1] >> (limb_bits - 1)} * 19;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < limbs; ++i) {
    wide += i + 1 < limbs ? number[i] : number[i] & ~Limb{0} >> 1;
    result[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
}

// The result of each function may be one of its numbers.

// Adds b if the mask is 0. Subtracts it if the mask is all ones: a + ~b - 37 is a - b + 2^256 - 38, and that
// is a - b + 2 p. It is not negative if b is at most 2^256 - 38, as all results of fold() are.
[[gnu::noinline]] void add(const Number& a, const Number& b, Limb mask, Number& result) {
  Number sum;
  SignedWide wide = -static_cast<SignedWide>(mask & 37);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < limbs; ++i) {
    wide += a[i];
    wide += b[i] ^ mask;
    sum[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
  fold(sum.data(), static_cast<Limb>(wide), result);
}
void add(const Number& a, const Number& b, Number& result) { add(a, b, 0, result); }
void subtract(const Number& a, const Number& b, Number& result) { add(a, b, ~Limb{0}, result); }

[[gnu::noinline]] void multiply(const Number& a, const Number& b, Number& result) {
  Limb product[2 * limbs]{};
#pragma GCC unroll 8
  for (std::size_t i = 0; i < limbs; ++i) product[i + limbs] = add_product(&product[i], a.data(), b[i]);
  // The bits from 2^256 on count 38 times.
  Limb carry = add_product(product, product + limbs, 38);
  fold(product, carry, result);
}

[[gnu::noinline]] void square(Number& a) { multiply(a, a, a); }

void multiply(const Number& a, Limb factor, Number& result) {
  Number product{};
  Limb carry = add_product(product.data(), a.data(), factor);
  fold(product.data(), carry, result);
}

// Returns a^(p-2), which by Fermat's little theorem is 1/a, and 0 for 0. All 255 bits of p - 2 but two are 1.
Number inverse(const Number& a) {
  Number result{1};
  for (std::size_t bit = 255; bit-- > 0;) {
    square(result);
    if (bit != 2 && bit != 4) multiply(result, a, result);
  }
  return result;
}

Number load(Bytes bytes) {
  Number number{};
  for (std::size_t i = 0; i < x25519_size; ++i)
    number[i / sizeof(Limb)] |= Limb{bytes[i]} << (8 * (i % sizeof(Limb)));
  number[limbs - 1] &= ~Limb{0} >> 1;
  return number;
}

// Reduces a result of fold(), which holds p at most once, and writes it.
void store(Number a, MutableBytes bytes) {
  // If a holds p, then a + 19 is 2^255 and the remainder.
  Number with_19;
  Wide wide = 19;
  for (std::size_t i = 0; i < limbs; ++i) {
    wide += a[i];
    with_19[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
  const Limb holds_p = with_19[limbs - 1] >> (limb_bits - 1);
  with_19[limbs - 1] &= ~Limb{0} >> 1;
  swap_if(holds_p, a, with_19);
  for (std::size_t i = 0; i < x25519_size; ++i)
    bytes[i] = static_cast<std::uint8_t>(a[i / sizeof(Limb)] >> (8 * (i % sizeof(Limb))));
}

// A point's coordinate u is x / z. It is the point at infinity if z is 0.
struct Point {
  Number x, z;
};

void swap_points_if(Limb bit, Point& a, Point& b) {
  swap_if(bit, a.x, b.x);
  swap_if(bit, a.z, b.z);
}

// The first point becomes its double, and the second the sum of both, whose difference has the coordinate u.
// The names are the standard's.
void step(Point& p2, Point& p3, const Number& u) {
  Number a, b, c, d, e;
  add(p2.x, p2.z, a);
  subtract(p2.x, p2.z, b);
  add(p3.x, p3.z, c);
  subtract(p3.x, p3.z, d);
  multiply(d, a, d);  // DA
  multiply(c, b, c);  // CB
  add(d, c, p3.x);
  square(p3.x);
  subtract(d, c, p3.z);
  square(p3.z);
  multiply(p3.z, u, p3.z);
  square(a);  // AA
  square(b);  // BB
  multiply(a, b, p2.x);
  subtract(a, b, e);
  multiply(e, a24, p2.z);
  add(p2.z, a, p2.z);
  multiply(p2.z, e, p2.z);
}

}  // namespace

void x25519(Bytes scalar, Bytes u, MutableBytes product) {
  Number k = load(scalar);
  k[0] &= ~Limb{7};
  k[limbs - 1] |= Limb{1} << 254 % limb_bits;
  const Number u1 = load(u);
  Point p2{{1}, {}}, p3{u1, {1}};
  Limb last = 0;
  for (std::size_t t = 255; t-- > 0;) {
    const Limb bit = k[t / limb_bits] >> t % limb_bits & 1;
    swap_points_if(last ^ bit, p2, p3);
    step(p2, p3, u1);
    last = bit;
  }
  // The last bit is 0, so nothing is left to exchange.
  multiply(p2.x, inverse(p2.z), p2.x);
  store(p2.x, product);
}

}  // namespace healthcheck::tls
