#include "healthcheck/protocol/tls/crypto/field.hpp"

namespace healthcheck::tls {

namespace {

constexpr Element plain_one{{1}};

}  // namespace

Field::Field(Bytes prime, std::endian order)
    : order_(order),
      size_(prime.size() / sizeof(Limb)),
      prime_(load(prime)),
      factor_(1),
      excess_(prime_[size_ - 1] >> (limb_bits - 1) == 0 ? 0 - prime_[0] : 0),
      square_of_r_(plain_one) {
  if (excess_ != 0) return;
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

void Field::to_bytes(const Element& a, MutableBytes number) const {
  Element plain = multiply(a, plain_one);
  for (std::size_t i = 0; i < number.size(); ++i) {
    std::size_t at = place(i, number.size());
    number[i] = static_cast<std::uint8_t>(plain.limbs[at / sizeof(Limb)] >> (8 * (at % sizeof(Limb))));
  }
}

bool Field::is_reduced(const Limbs& number) const {
  return multiply(element(number), plain_one).limbs == number;
}

Element Field::one() const { return element(plain_one.limbs); }

// Returns the number, of one limb more, without the prime if it holds the prime once.
Element Field::reduce(const Limb* number, Limb carry) const {
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
  return reduce(sum.data(), carry);
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
Limb Field::add_product(Limb* sum, const Limb* a, Limb factor) const {
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Wide wide = Wide{a[i]} * factor + sum[i] + carry;
    sum[i] = static_cast<Limb>(wide);
    carry = static_cast<Limb>(wide >> limb_bits);
  }
  return carry;
}

Element Field::multiply(const Element& a, const Element& b) const {
  std::array<Limb, 2 * max_limbs> product{};
  for (std::size_t i = 0; i < size_; ++i)
    product[i + size_] = add_product(&product[i], a.limbs.data(), b.limbs[i]);
  return excess_ != 0 ? fold(product.data()) : divide_by_r(product.data());
}

// Reduces the product: modulo the prime, 2^255 is the excess, so the upper half counts twice the excess.
Element Field::fold(Limb* product) const {
  Limb carry = add_product(product, product + size_, 2 * excess_);
  Limb& highest = product[size_ - 1];
  // Folds the bits from 2^255 on, too, so that the number is less than twice the prime.
  Wide wide = Wide{carry << 1 | highest >> (limb_bits - 1)} * excess_;
  highest &= ~Limb{0} >> 1;
  for (std::size_t i = 0; i < size_; ++i) {
    wide += product[i];
    product[i] = static_cast<Limb>(wide);
    wide >>= limb_bits;
  }
  return reduce(product, 0);
}

// To each limb of the product, from the lowest, it adds the multiple of the prime that makes the limb zero.
// The upper half remains.
Element Field::divide_by_r(Limb* product) const {
  Limb carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Limb* window = &product[i];
    Wide top = Wide{add_product(window, prime_.data(), window[0] * factor_)} + window[size_] + carry;
    window[size_] = static_cast<Limb>(top);
    carry = static_cast<Limb>(top >> limb_bits);
  }
  return reduce(&product[size_], carry);
}

Element Field::power(const Element& a, Limb less, std::size_t dropped) const {
  Limbs exponent = prime_;
  exponent[0] -= less;
  Element result = one();
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
