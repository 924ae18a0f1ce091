#include "healthcheck/protocol/tls/crypto/field.hpp"

namespace healthcheck::tls {

namespace {

constexpr Element plain_one{{1}};

// The limbs of a number modulo 2^255 - 19.
constexpr std::size_t folding_limbs = 256 / limb_bits;

// Adds a multiple of `a`. Returns the limb that goes beyond.
[[gnu::always_inline]] inline Limb add_folding_limbs(Limb* sum, const Limb* a, Limb factor) {
  Wide wide = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < folding_limbs; ++i) {
    wide += Wide{a[i]} * factor + sum[i];
    sum[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
  return static_cast<Limb>(wide);
}

}  // namespace

Field::Field(Bytes prime, std::endian order)
    : order_(order),
      size_(prime.size() / sizeof(Limb)),
      prime_(load(prime)),
      bound_(prime_),
      factor_(1),
      excess_(prime_[size_ - 1] >> (limb_bits - 1) == 0 ? 0 - prime_[0] : 0),
      square_of_r_(plain_one) {
  if (excess_ != 0) {
    // 2 p = 2^256 - 38
    bound_.fill(~Limb{0});
    bound_[0] -= 2 * excess_ - 1;
    return;
  }
  // Newton's iteration for 1/p doubles the number of correct bits each time: 1 is correct for 1 bit.
  for (std::size_t bits = 1; bits < limb_bits; bits *= 2) factor_ *= 2 - prime_[0] * factor_;
  factor_ = 0 - factor_;
  for (std::size_t bit = 0; bit < 2 * limb_bits * size_; ++bit)
    square_of_r_ = add(square_of_r_, square_of_r_);
}

Limbs Field::load(Bytes number) const {
  Limbs limbs{};
  for (std::size_t i = 0; i < number.size(); ++i) {
    std::size_t at = place(i, number.size());
    limbs[at / sizeof(Limb)] |= Limb{number[i]} << (8 * (at % sizeof(Limb)));
  }
  return limbs;
}

Limbs Field::number(const Element& a) const {
  return less_prime(multiply(a, plain_one).limbs.data(), 0).limbs;
}

void Field::to_bytes(const Element& a, MutableBytes bytes) const {
  const Limbs plain = number(a);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::size_t at = place(i, bytes.size());
    bytes[i] = static_cast<std::uint8_t>(plain[at / sizeof(Limb)] >> (8 * (at % sizeof(Limb))));
  }
}

// Returns the number, of one limb more, without the prime if it holds the prime once.
Element Field::less_prime(const Limb* number, Limb carry) const {
  Element less;
  Limb borrow = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide difference = Wide{number[i]} - prime_[i] - borrow;
    less.limbs[i] = static_cast<Limb>(difference);
    borrow = static_cast<Limb>(difference >> limb_bits) & 1;
  }
  // All ones if the number is below the prime.
  Limb keep = 0 - (borrow & ~carry);
  for (std::size_t i = 0; i < size_; ++i) less.limbs[i] ^= (less.limbs[i] ^ number[i]) & keep;
  return less;
}

// Reduces a number of one limb more.
Element Field::reduce(Limb* number, Limb carry) const {
  return excess_ == 0 ? less_prime(number, carry) : fold(number, carry);
}

// The same modulo 2^255 - 19. The bits from 2^255 on count 19 times.
Element Field::fold(Limb* number, Limb carry) const {
  Limb& highest = number[folding_limbs - 1];
  Wide sum = Wide{carry << 1 | highest >> (limb_bits - 1)} * excess_;
  highest &= ~Limb{0} >> 1;
  Element folded;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < folding_limbs; ++i) {
    sum += number[i];
    folded.limbs[i] = static_cast<Limb>(sum);
    sum >>= limb_bits;
  }
  return folded;
}

// The product modulo 2^255 - 19. X25519 spends most of its time here, so the loops are unrolled.
Element Field::multiply_and_fold(const Element& a, const Element& b) const {
  Limb product[2 * folding_limbs]{};
#pragma GCC unroll 4
  for (std::size_t i = 0; i < folding_limbs; ++i)
    product[i + folding_limbs] = add_folding_limbs(&product[i], a.limbs.data(), b.limbs[i]);
  // The bits from 2^256 on count 38 times.
  Limb carry = add_folding_limbs(product, product + folding_limbs, 2 * excess_);
  return fold(product, carry);
}

Element Field::add(const Element& a, const Element& b) const {
  Limbs sum{};
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide wide = Wide{a.limbs[i]} + b.limbs[i] + carry;
    sum[i] = static_cast<Limb>(wide);
    carry = static_cast<Limb>(wide >> limb_bits);
  }
  return reduce(sum.data(), carry);
}

Element Field::subtract(const Element& a, const Element& b) const {
  Element negative;
  Limb borrow = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide difference = Wide{bound_[i]} - b.limbs[i] - borrow;
    negative.limbs[i] = static_cast<Limb>(difference);
    borrow = static_cast<Limb>(difference >> limb_bits) & 1;
  }
  return add(a, negative);
}

// Adds a multiple of `a`. Returns the limb that goes beyond.
Limb Field::add_product(Limb* sum, const Limbs& a, Limb factor) const {
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide wide = Wide{a[i]} * factor + sum[i] + carry;
    sum[i] = static_cast<Limb>(wide);
    carry = static_cast<Limb>(wide >> limb_bits);
  }
  return carry;
}

// By Montgomery's method, returns a b / R: to each limb of the product, from the lowest, it adds the multiple
// of the prime that makes the limb zero. The upper half remains.
Element Field::multiply(const Element& a, const Element& b) const {
  if (excess_ != 0) return multiply_and_fold(a, b);
  std::array<Limb, 2 * max_limbs> product{};
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Limb* window = &product[i];
    Wide top = Wide{add_product(window, a.limbs, b.limbs[i])} + carry;
    top += add_product(window, prime_, window[0] * factor_);
    window[size_] = static_cast<Limb>(top);
    carry = static_cast<Limb>(top >> limb_bits);
  }
  return less_prime(&product[size_], carry);
}

Element Field::power(const Element& a, Limb less, std::size_t dropped) const {
  Limbs exponent = prime_;
  exponent[0] -= less;
  Element result = element(plain_one.limbs);
  for (std::size_t bit = limb_bits * size_; bit-- > dropped;) {
    result = square(result);
    if ((exponent[bit / limb_bits] >> (bit % limb_bits) & 1) != 0) result = multiply(result, a);
  }
  return result;
}

// By Fermat's little theorem, a^(p-1) is 1.
Element Field::inverse(const Element& a) const { return power(a, 2, 0); }

// a^((p+1)/4), as its square is a a^((p-1)/2), and the second factor is 1 for squares. (p+1)/4 is p/4 rounded
// down, and 1.
Element Field::square_root(const Element& a) const { return multiply(a, power(a, 0, 2)); }

}  // namespace healthcheck::tls
