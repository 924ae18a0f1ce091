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

// The prime, the coefficient b and the generator's x-coordinate (NIST SP 800-186 §3.2.1.3 and §3.2.1.4).
constexpr auto constants_256 = from_hex(
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
constexpr auto constants_384 = from_hex(
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"
    "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7");

const std::uint8_t* constants_of(Group group) {
  return group == Group::P256 ? constants_256.data() : constants_384.data();
}

}  // namespace

// (x^2 - 3) x + b
constexpr Curve::Step Curve::equation[] = {
    {T, D, Multiply, D},  //
    {T, T, Subtract, Three},
    {T, T, Multiply, D},
    {T, T, Add, B},
};

// The ladder's step: point 0 becomes its double, and point 1 the sum of both points, whose difference is D.
constexpr Curve::Step Curve::ladder_step[] = {
    // The x-coordinates of P + Q and P - Q have the sum
    // 2 ((x0 + x1) (x0 x1 - 3) + 2 b) / (x0 - x1)^2.
    {XX, X0, Multiply, X1},
    {ZZ, Z0, Multiply, Z1},
    {L, X0, Multiply, Z1},
    {R, X1, Multiply, Z0},
    // 2 b
    {T, B, Multiply, ZZ},
    {T, T, Multiply, ZZ},
    {T, T, Add, T},
    // (x0 + x1) (x0 x1 - 3)
    {U, Three, Multiply, ZZ},
    {U, XX, Subtract, U},
    {V, L, Add, R},
    {U, U, Multiply, V},
    // The fraction, less the x-coordinate of the difference.
    {U, U, Add, T},
    {U, U, Add, U},
    {V, L, Subtract, R},
    {Z1, V, Multiply, V},
    {V, D, Multiply, Z1},
    {X1, U, Subtract, V},
    // The x-coordinate of 2 P is ((x^2 + 3)^2 - 8 b x) / 4 ((x^2 - 3) x + b).
    {XX, X0, Multiply, X0},
    {ZZ, Z0, Multiply, Z0},
    {T, X0, Multiply, Z0},
    {U, Three, Multiply, ZZ},
    {L, B, Multiply, ZZ},
    // (x^2 + 3)^2
    {V, XX, Add, U},
    {V, V, Multiply, V},
    // 8 b x
    {R, L, Multiply, T},
    {R, R, Add, R},
    {R, R, Add, R},
    {R, R, Add, R},
    {X0, V, Subtract, R},
    // 4 ((x^2 - 3) x + b)
    {U, XX, Subtract, U},
    {U, U, Multiply, T},
    {L, L, Multiply, ZZ},
    {U, U, Add, L},
    {U, U, Add, U},
    {Z0, U, Add, U},
};

Curve::Curve(Group group) : field_({constants_of(group), secret_size(group)}) {
  const std::uint8_t* constants = constants_of(group);
  set(B, field_.load({constants + field_.size(), field_.size()}));
  set_x(field_.load({constants + 2 * field_.size(), field_.size()}));
  set(One, {1});
  set(Three, {3});
}

void Curve::run(std::span<const Step> formula) {
  for (const Step& step : formula) {
    const Element &left = registers_[step.left], &right = registers_[step.right];
    registers_[step.to] = step.operation == Multiply ? field_.multiply(left, right)
                          : step.operation == Add    ? field_.add(left, right)
                                                     : field_.subtract(left, right);
  }
}

const Element& Curve::square_of_y() {
  run(equation);
  return registers_[T];
}

void Curve::swap_points_if(Limb bit) {
  for (std::size_t i = X0; i <= Z0; ++i) swap_if(bit, registers_[i].limbs, registers_[i + X1].limbs);
}

// Montgomery's ladder: point 1 always exceeds point 0 by the point that is multiplied.
bool Curve::multiply(const Limbs& scalar) {
  // Point 0 is the point at infinity.
  registers_[X0] = registers_[Z1] = registers_[One];
  registers_[Z0] = {};
  registers_[X1] = registers_[D];
  Limb last = 0;
  for (std::size_t place = 8 * field_.size(); place-- > 0;) {
    Limb bit = scalar[place / limb_bits] >> place % limb_bits & 1;
    swap_points_if(last ^ bit);
    run(ladder_step);
    last = bit;
  }
  swap_points_if(last);
  registers_[D] = field_.multiply(registers_[X0], field_.inverse(registers_[Z0]));
  return registers_[Z0].limbs != Limbs{};
}

}  // namespace healthcheck::tls
