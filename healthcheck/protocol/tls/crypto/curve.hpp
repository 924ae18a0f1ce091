// NIST's curves, y^2 = x^3 - 3 x + b, and multiplication of points by their x-coordinates only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"
#include "healthcheck/protocol/tls/crypto/field.hpp"
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

namespace healthcheck::tls {

// Works on the x-coordinate of one point, which is the group's generator at first.
class Curve {
 public:
  // Not for X25519.
  explicit Curve(Group group);

  const Field& field() const { return field_; }
  const Element& x() const { return registers_[D]; }
  void set_x(const Limbs& x) { set(D, x); }

  // Returns y^2 for this x.
  const Element& square_of_y();
  // Multiplies the point by a scalar of the group's size. Returns false if the product is the point at
  // infinity.
  bool multiply(const Limbs& scalar);

 private:
  // The ladder's two points with the x-coordinates X0 / Z0 and X1 / Z1 (a denominator of 0 is the point at
  // infinity), the point whose multiples they are, the curve's coefficient, and numbers for the formulas.
  enum Register : std::uint8_t { X0, Z0, X1, Z1, D, B, One, Three, L, R, T, U, V, XX, ZZ };
  enum Operation : std::uint8_t { Add, Subtract, Multiply };
  struct Step {
    Register to;
    Register left;
    Operation operation;
    Register right;
  };
  static const Step equation[4], ladder_step[35];

  [[gnu::noinline]] void set(Register to, const Limbs& number) { registers_[to] = field_.element(number); }
  [[gnu::noinline]] void run(std::span<const Step> formula);
  void swap_points_if(Limb bit);

  Field field_;
  std::array<Element, ZZ + 1> registers_{};
};

}  // namespace healthcheck::tls
