#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

#include <algorithm>
#include <array>

#include "healthcheck/protocol/tls/crypto/curve.hpp"

namespace healthcheck::tls {

namespace {

constexpr std::uint8_t uncompressed = 4;

using Number = std::array<std::uint8_t, max_secret_size>;

// RFC 7748 §5 orders the bytes of numbers the other way round.
void reverse_if_little_endian(Group group, MutableBytes number) {
  if (group == Group::X25519) std::ranges::reverse(number);
}

// Multiplies the curve's point. Returns false if the product is the point at infinity. RFC 7748 §5 fixes five
// bits of a scalar. In the other groups any scalar will do, as the ladder has no exceptions.
bool multiply(Group group, Curve& curve, Bytes scalar) {
  Number copy{};
  MutableBytes number{copy.data(), scalar.size()};
  std::ranges::copy(scalar, number.begin());
  reverse_if_little_endian(group, number);
  if (group == Group::X25519) {
    number.front() = (number.front() & 0x7f) | 0x40;
    number.back() &= 0xf8;
  }
  return curve.multiply(number);
}

// Returns whether a number is below the prime, as SEC 1 §3.2.2.1 demands of coordinates.
bool is_reduced(const Field& field, Bytes number) {
  Number back{};
  MutableBytes reduced{back.data(), number.size()};
  field.to_bytes(field.from_bytes(number), reduced);
  return std::ranges::equal(number, reduced);
}

// Sets the curve's point to the share's. Returns false if it is no point of the curve.
bool set_point(Group group, Curve& curve, Bytes share) {
  Number copy{};
  MutableBytes x{copy.data(), secret_size(group)};
  std::ranges::copy(share.subspan(group == Group::X25519 ? 0 : 1, x.size()), x.begin());
  reverse_if_little_endian(group, x);
  if (group == Group::X25519) {
    // RFC 7748 §5: the highest bit is ignored, and a number above the prime is reduced.
    x.front() &= 0x7f;
    curve.set_x(x);
    return true;
  }
  curve.set_x(x);
  const Field& field = curve.field();
  Bytes y = share.last(x.size());
  return share[0] == uncompressed && is_reduced(field, x) && is_reduced(field, y) &&
         field.square(field.from_bytes(y)) == curve.square_of_y();
}

}  // namespace

void make_share(Group group, Bytes scalar, MutableBytes share) {
  Curve curve{group};
  multiply(group, curve, scalar);
  std::size_t size = secret_size(group);
  const Field& field = curve.field();
  if (group == Group::X25519) {
    field.to_bytes(curve.x(), share);
    return reverse_if_little_endian(group, share);
  }
  share[0] = uncompressed;
  field.to_bytes(curve.x(), share.subspan(1, size));
  field.to_bytes(field.square_root(curve.square_of_y()), share.last(size));
}

bool agree(Group group, Bytes scalar, Bytes peer_share, MutableBytes secret) {
  Curve curve{group};
  if (peer_share.size() != share_size(group) || !set_point(group, curve, peer_share)) return false;
  bool finite = multiply(group, curve, scalar);
  curve.field().to_bytes(curve.x(), secret);
  reverse_if_little_endian(group, secret);
  return finite;
}

}  // namespace healthcheck::tls
