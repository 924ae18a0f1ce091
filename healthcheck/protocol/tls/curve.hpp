// The curves y^2 = x^3 + a2 x^2 + a4 x + a6 of all groups, and multiplication of points with the x-coordinate
// only.
#pragma once

#include "healthcheck/protocol/tls/bytes.hpp"
#include "healthcheck/protocol/tls/field.hpp"
#include "healthcheck/protocol/tls/key_exchange.hpp"

namespace healthcheck::tls {

class Curve {
 public:
  explicit Curve(Group group);

  const Field& field() const { return field_; }
  // The x-coordinate of the group's generator.
  const Element& generator() const { return generator_; }
  // y^2 for this x.
  Element equation(const Element& x) const;

  struct Product {
    Element x;
    bool is_infinity;
  };
  // Multiplies a point, given by its x-coordinate, by a big-endian scalar of the group's size.
  Product multiply(Bytes scalar, const Element& x) const;

 private:
  // The x-coordinate as a fraction x / z; with a denominator of 0, the point at infinity.
  struct Point {
    Element x, z;
  };
  Point twice(const Point& p) const;
  Point sum(const Point& p, const Point& q, const Element& difference) const;

  Field field_;
  Element a2_, a4_, a6_, generator_;
};

}  // namespace healthcheck::tls
