#include "healthcheck/protocol/tls/key_exchange.hpp"

#include <algorithm>
#include <array>

#include "healthcheck/protocol/tls/curve.hpp"

namespace healthcheck::tls {

namespace {

constexpr std::uint8_t uncompressed = 4;

using Number = std::array<std::uint8_t, max_secret_size>;

// RFC 7748 §5 has the bytes of numbers in the other order.
void reverse_if_little_endian(Group group, MutableBytes number) {
  if (group == Group::X25519) std::ranges::reverse(number);
}

// RFC 7748 §5 fixes five bits of a scalar. Of the other groups any scalar will do, as the ladder has no
// exceptions.
Curve::Product multiply(Group group, const Curve& curve, Bytes scalar, const Element& x) {
  Number copy{};
  MutableBytes number{copy.data(), secret_size(group)};
  std::ranges::copy(scalar, number.begin());
  reverse_if_little_endian(group, number);
  if (group == Group::X25519) {
    number.front() = (number.front() & 0x7f) | 0x40;
    number.back() &= 0xf8;
  }
  return curve.multiply(number, x);
}

// Returns whether (x, y) is a point of the curve, in the only form that is allowed (SEC 1 §3.2.2.1): both
// numbers are below the prime.
bool is_point(const Curve& curve, Bytes x, Bytes y) {
  const Field& field = curve.field();
  Element x_element = field.from_bytes(x), y_element = field.from_bytes(y);
  Number back{};
  MutableBytes number{back.data(), x.size()};
  field.to_bytes(x_element, number);
  if (!std::ranges::equal(number, x)) return false;
  field.to_bytes(y_element, number);
  return std::ranges::equal(number, y) && field.square(y_element) == curve.equation(x_element);
}

}  // namespace

void make_share(Group group, Bytes scalar, MutableBytes share) {
  Curve curve{group};
  const Field& field = curve.field();
  Element x = multiply(group, curve, scalar, curve.generator()).x;
  if (group == Group::X25519) {
    field.to_bytes(x, share);
    std::ranges::reverse(share);
    return;
  }
  share[0] = uncompressed;
  field.to_bytes(x, share.subspan(1, secret_size(group)));
  field.to_bytes(field.square_root(curve.equation(x)), share.last(secret_size(group)));
}

bool agree(Group group, Bytes scalar, Bytes peer_share, MutableBytes secret) {
  if (peer_share.size() != share_size(group)) return false;
  Curve curve{group};
  Number peer{};
  MutableBytes x{peer.data(), secret_size(group)};
  if (group == Group::X25519) {
    std::ranges::reverse_copy(peer_share, x.begin());
    // RFC 7748 §5: the highest bit is ignored, and a number above the prime is reduced.
    x.front() &= 0x7f;
  } else {
    std::ranges::copy(peer_share.subspan(1, x.size()), x.begin());
    if (peer_share[0] != uncompressed || !is_point(curve, x, peer_share.last(x.size()))) return false;
  }
  Curve::Product product = multiply(group, curve, scalar, curve.field().from_bytes(x));
  curve.field().to_bytes(product.x, secret);
  reverse_if_little_endian(group, secret);
  return !product.is_infinity;
}

}  // namespace healthcheck::tls
