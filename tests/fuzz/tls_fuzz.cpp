// The TLS client, from the wire: any bytes in place of a server's.
#include "tls_property.hpp"

namespace fuzz {

Violation check(std::string_view input) {
  std::string whole;
  for (unsigned way = 0; way < ways_to_cut; ++way) {
    Reading reading;
    feed_in_pieces(input, way, [&](std::string_view piece) { reading.feed(piece); });
    if (!reading.violation().empty()) return reading.violation();
    // Every server here is an attacker that lacks the keys.
    if (reading.is_established()) return "established without the keys";
    std::string told = reading.told();
    if (way == 0) whole = told;
    if (told != whole) return "at once: " + whole + "; in pieces: " + told;
  }
  return {};
}

}  // namespace fuzz
