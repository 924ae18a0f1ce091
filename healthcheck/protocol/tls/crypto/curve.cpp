#include "healthcheck/protocol/tls/crypto/curve.hpp"

#include "base/hex.hpp"

namespace healthcheck::tls {

namespace {

template <std::size_t size>
consteval std::array<std::uint8_t, size / 2> from_hex(const char (&digits)[size]) {
  std::array<std::uint8_t, size / 2> bytes{};
  for (std::size_t i = 0; i + 1 < size; ++i) {
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4 | base::hex_value(digits[i]));
  }
  return bytes;
}

// The prime, the coefficient a6 and the generator's x-coordinate, of RFC 7748 §4.1, least significant byte
// first, and of NIST SP 800-186 §3.2.1.3 and §3.2.1.4.
constexpr auto constants_25519 = from_hex(
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "0900000000000000000000000000000000000000000000000000000000000000");
constexpr auto constants_256 = from_hex(
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
constexpr auto constants_384 = from_hex(
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"
    "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7");

const std::uint8_t* constants_of(Group group) {
  if (group == Group::P256) return constants_256.data();
  return group == Group::P384 ? constants_384.data() : constants_25519.data();
}

}  // namespace

constexpr Curve::Step Curve::a4_25519[] = {
    {A4, A4, Add, One},
};

// -3
constexpr Curve::Step Curve::a4_nist[] = {
    {A4, A4, Subtract, One},  //
    {A4, A4, Subtract, One},  //
    {A4, A4, Subtract, One},
};

// ((x + a2) x + a4) x + a6
constexpr Curve::Step Curve::equation[] = {
    {T, D, Add, A2},      //
    {T, T, Multiply, D},  //
    {T, T, Add, A4},      //
    {T, T, Multiply, D},  //
    {T, T, Add, A6},
};

// Point 0 is the point at infinity, point 1 is D.
constexpr Curve::Step Curve::start[] = {
    {X0, One, Multiply, One},
    {Z0, One, Subtract, One},
    {X1, D, Multiply, One},
    {Z1, One, Multiply, One},
};

// Point 1 becomes the sum of both points, whose difference is D. The x-coordinates of P + Q and P - Q have
// the sum 2 ((x0 + x1) (x0 x1 + a4) + 2 a2 x0 x1 + 2 a6) / (x0 - x1)^2.
constexpr Curve::Step Curve::sum[] = {
    {XX, X0, Multiply, X1},
    {ZZ, Z0, Multiply, Z1},
    {L, X0, Multiply, Z1},
    {R, X1, Multiply, Z0},
    // (a2 x0 x1 + a6) 2
    {T, A2, Multiply, XX},
    {U, A6, Multiply, ZZ},
    {T, T, Add, U},
    {T, T, Multiply, ZZ},
    {T, T, Add, T},
    // (x0 + x1) (x0 x1 + a4)
    {U, A4, Multiply, ZZ},
    {U, U, Add, XX},
    {V, L, Add, R},
    {U, U, Multiply, V},
    // The fraction, less the x-coordinate of the difference.
    {U, U, Add, T},
    {U, U, Add, U},
    {V, L, Subtract, R},
    {Z1, V, Multiply, V},
    {V, D, Multiply, Z1},
    {X1, U, Subtract, V},
};

// Point 0 becomes its double. The x-coordinate of 2 P is
// ((x^2 - a4)^2 - 8 a6 x) / 4 (x^3 + a2 x^2 + a4 x + a6), if a2 or a6 is 0, which holds for all curves here.
constexpr Curve::Step Curve::twice[] = {
    {XX, X0, Multiply, X0},
    {ZZ, Z0, Multiply, Z0},
    {T, X0, Multiply, Z0},
    {U, A4, Multiply, ZZ},
    {L, A6, Multiply, ZZ},
    // (x^2 - a4)^2
    {V, XX, Subtract, U},
    {V, V, Multiply, V},
    // 8 a6 x
    {R, L, Multiply, T},
    {R, R, Add, R},
    {R, R, Add, R},
    {R, R, Add, R},
    {X0, V, Subtract, R},
    // 4 ((x^2 + a4 + a2 x) x + a6)
    {U, U, Add, XX},
    {V, A2, Multiply, T},
    {U, U, Add, V},
    {U, U, Multiply, T},
    {L, L, Multiply, ZZ},
    {U, U, Add, L},
    {U, U, Add, U},
    {Z0, U, Add, U},
};

// RFC 7748 §5 orders the bytes of numbers the other way round than SEC 1 §2.3.7.
Curve::Curve(Group group)
    : field_({constants_of(group), secret_size(group)},
             group == Group::X25519 ? std::endian::little : std::endian::big) {
  const std::uint8_t* constants = constants_of(group);
  set(A6, field_.load({constants + field_.size(), field_.size()}));
  set_x(field_.load({constants + 2 * field_.size(), field_.size()}));
  registers_[One] = field_.one();
  if (group == Group::X25519) {
    set(A2, {486'662});
    run(a4_25519, 0);
  } else {
    run(a4_nist, 0);
  }
}

void Curve::run(std::span<const Step> formula, std::size_t bit) {
  auto at = [&](Register number) -> Element& {
    return registers_[number <= Z1 ? number ^ 2 * bit : std::size_t{number}];
  };
  for (const Step& step : formula) {
    const Element &left = at(step.left), &right = at(step.right);
    at(step.to) = step.operation == Multiply ? field_.multiply(left, right)
                  : step.operation == Add    ? field_.add(left, right)
                                             : field_.subtract(left, right);
  }
}

const Element& Curve::square_of_y() {
  run(equation, 0);
  return registers_[T];
}

// Montgomery's ladder: point 1 always exceeds point 0 by the point that is multiplied.
bool Curve::multiply(const Limbs& scalar) {
  run(start, 0);
  for (std::size_t place = 8 * field_.size(); place-- > 0;) {
    std::size_t bit = scalar[place / limb_bits] >> place % limb_bits & 1;
    run(sum, bit);
    run(twice, bit);
  }
  registers_[D] = field_.multiply(registers_[X0], field_.inverse(registers_[Z0]));
  return !(registers_[Z0] == Element{});
}

}  // namespace healthcheck::tls
