#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

#include <algorithm>

#include "healthcheck/protocol/tls/crypto/curve.hpp"
#include "healthcheck/protocol/tls/crypto/x25519.hpp"

namespace healthcheck::tls {

namespace {

constexpr std::uint8_t uncompressed = 4;

// Sets the curve's point to the share's. Returns false if it is no point of the curve.
bool set_point(Curve& curve, Bytes share) {
  const Field& field = curve.field();
  const Limbs x = field.load(share.subspan(1, field.size())), y = field.load(share.last(field.size()));
  curve.set_x(x);
  // SEC 1 §3.2.2.1: coordinates are below the prime, and fulfil the curve's equation.
  const Element y_element = field.element(y);
  return share[0] == uncompressed && field.number(curve.x()) == x && field.number(y_element) == y &&
         field.square(y_element).limbs == curve.square_of_y().limbs;
}

}  // namespace

void make_share(Group group, Bytes scalar, MutableBytes share) {
  if (group == Group::X25519) {
    constexpr std::uint8_t base_point[x25519_size] = {9};
    return x25519(scalar, base_point, share);
  }
  Curve curve{group};
  const Field& field = curve.field();
  // Any scalar will do, as the ladder has no exceptions.
  curve.multiply(field.load(scalar));
  share[0] = uncompressed;
  field.to_bytes(curve.x(), share.subspan(1, field.size()));
  field.to_bytes(field.square_root(curve.square_of_y()), share.last(field.size()));
}

bool agree(Group group, Bytes scalar, Bytes peer_share, MutableBytes secret) {
  if (peer_share.size() != share_size(group)) return false;
  if (group == Group::X25519) {
    x25519(scalar, peer_share, secret);
    return std::ranges::any_of(secret, [](std::uint8_t byte) { return byte != 0; });
  }
  Curve curve{group};
  if (!set_point(curve, peer_share)) return false;
  bool finite = curve.multiply(curve.field().load(scalar));
  curve.field().to_bytes(curve.x(), secret);
  return finite;
}

}  // namespace healthcheck::tls
