#include "healthcheck/protocol/tls/crypto/field.hpp"

namespace healthcheck::tls {

namespace {

constexpr Element plain_one{{1}};

}  // namespace

Field::Field(Bytes prime)
    : size_(prime.size() / sizeof(Limb)), prime_(load(prime)), factor_(1), square_of_r_(plain_one) {
  // Newton's iteration for 1/p doubles the number of correct bits each time: 1 is correct for 1 bit.
  for (std::size_t bits = 1; bits < limb_bits; bits *= 2) factor_ *= 2 - prime_[0] * factor_;
  factor_ = 0 - factor_;
  for (std::size_t bit = 0; bit < 2 * limb_bits * size_; ++bit)
    square_of_r_ = add(square_of_r_, square_of_r_);
}

Limbs Field::load(Bytes number) const {
  Limbs limbs{};
  for (std::size_t i = 0; i < number.size(); ++i) {
    std::size_t at = number.size() - 1 - i;
    limbs[at / sizeof(Limb)] |= Limb{number[i]} << (8 * (at % sizeof(Limb)));
  }
  return limbs;
}

Limbs Field::number(const Element& a) const { return multiply(a, plain_one).limbs; }

void Field::to_bytes(const Element& a, MutableBytes bytes) const {
  const Limbs plain = number(a);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::size_t at = bytes.size() - 1 - i;
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

Element Field::add(const Element& a, const Element& b) const {
  Limbs sum{};
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide wide = Wide{a.limbs[i]} + b.limbs[i] + carry;
    sum[i] = static_cast<Limb>(wide);
    carry = static_cast<Limb>(wide >> limb_bits);
  }
  return less_prime(sum.data(), carry);
}

Element Field::subtract(const Element& a, const Element& b) const {
  Element negative;
  Limb borrow = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide difference = Wide{prime_[i]} - b.limbs[i] - borrow;
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
