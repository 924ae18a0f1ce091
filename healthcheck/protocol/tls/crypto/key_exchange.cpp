#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

#include "healthcheck/protocol/tls/crypto/curve.hpp"

namespace healthcheck::tls {

namespace {

constexpr std::uint8_t uncompressed = 4;

// RFC 7748 §5: the highest bit of X25519's numbers is ignored.
Limbs load(Group group, const Field& field, Bytes bytes) {
  Limbs number = field.load(bytes);
  if (group == Group::X25519) number[255 / limb_bits] &= ~(Limb{1} << 255 % limb_bits);
  return number;
}

// Multiplies the curve's point. Returns false if the product is the point at infinity. RFC 7748 §5 fixes five
// bits of a scalar. In the other groups any scalar will do, as the ladder has no exceptions.
bool multiply(Group group, Curve& curve, Bytes scalar) {
  Limbs number = load(group, curve.field(), scalar);
  if (group == Group::X25519) {
    number[0] &= ~Limb{7};
    number[254 / limb_bits] |= Limb{1} << 254 % limb_bits;
  }
  return curve.multiply(number);
}

// Sets the curve's point to the share's. Returns false if it is no point of the curve.
bool set_point(Group group, Curve& curve, Bytes share) {
  const Field& field = curve.field();
  Limbs x = load(group, field, share.subspan(group == Group::X25519 ? 0 : 1, field.size()));
  curve.set_x(x);
  // RFC 7748 §5: every number is the x-coordinate of a point; one above the prime is reduced.
  if (group == Group::X25519) return true;
  // SEC 1 §3.2.2.1: coordinates are below the prime, and fulfil the curve's equation.
  Limbs y = field.load(share.last(field.size()));
  const Element y_element = field.element(y);
  return share[0] == uncompressed && field.number(curve.x()) == x && field.number(y_element) == y &&
         field.number(field.square(y_element)) == field.number(curve.square_of_y());
}

}  // namespace

void make_share(Group group, Bytes scalar, MutableBytes share) {
  Curve curve{group};
  multiply(group, curve, scalar);
  const Field& field = curve.field();
  if (group == Group::X25519) return field.to_bytes(curve.x(), share);
  share[0] = uncompressed;
  field.to_bytes(curve.x(), share.subspan(1, field.size()));
  field.to_bytes(field.square_root(curve.square_of_y()), share.last(field.size()));
}

bool agree(Group group, Bytes scalar, Bytes peer_share, MutableBytes secret) {
  Curve curve{group};
  if (peer_share.size() != share_size(group) || !set_point(group, curve, peer_share)) return false;
  bool finite = multiply(group, curve, scalar);
  curve.field().to_bytes(curve.x(), secret);
  return finite;
}

}  // namespace healthcheck::tls
