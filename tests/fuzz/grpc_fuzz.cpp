// The gRPC reader: frames, header blocks, the message.
#include "healthcheck/protocol/grpc/grpc_reader.hpp"

#include "property.hpp"

namespace fuzz {
namespace {

using healthcheck::GrpcReader;

struct Told {
  std::string words;
  std::string replies;
  bool serving = false;
  bool operator==(const Told&) const = default;
};

Told read(std::string_view bytes, unsigned way) {
  GrpcReader reader;
  Told told;
  feed_in_pieces(bytes, way, [&](std::string_view piece) {
    // Like probe(): the replies are sent after each piece.
    while (!piece.empty()) {
      const std::string_view received = piece.substr(0, 4096);
      piece.remove_prefix(received.size());
      base::Arena replies;
      reader.feed(received, replies);
      if (replies.overflowed()) told.words += "overflowed ";
      told.replies += replies.since(0);
    }
  });
  base::MessageBuilder line;
  told.words += reader.is_over() ? "over: " : "ended: ";
  reader.end();
  reader.add_verdict(line);
  told.words += line.text();
  told.serving = reader.is_serving();
  return told;
}

// The reader replies only with acknowledgements of SETTINGS and PING (RFC 9113 §6.5, §6.7).
bool are_acknowledgements(std::string_view replies) {
  while (!replies.empty()) {
    if (replies.size() < 9 || replies[0] != 0 || replies[1] != 0) return false;
    const auto size = static_cast<unsigned char>(replies[2]);
    const bool settings = replies[3] == 4 && size == 0, ping = replies[3] == 6 && size == 8;
    if ((!settings && !ping) || replies[4] != 1 || replies.substr(5, 4) != std::string_view{"\0\0\0\0", 4})
      return false;
    if (replies.size() < 9U + size) return true;  // as much of a PING as has arrived
    replies.remove_prefix(9U + size);
  }
  return true;
}

}  // namespace

Violation check(std::string_view input) {
  const Told whole = read(input, 0);
  for (unsigned way = 1; way < ways_to_cut; ++way) {
    const Told cut = read(input, way);
    if (cut != whole) return "at once: " + whole.words + "; in pieces: " + cut.words;
  }
  if (whole.words.contains("overflowed")) return "more to answer than is received";
  if (!are_acknowledgements(whole.replies)) return "replies other than acknowledgements";
  if (whole.serving != whole.words.ends_with("SERVING") && !whole.words.ends_with("NOT_SERVING"))
    return "healthy, and says: " + whole.words;
  // Field 1 of the message is a varint with the value 1.
  if (whole.serving && input.find("\x08\x01") == std::string_view::npos)
    return "healthy without SERVING in the message";
  return {};
}

}  // namespace fuzz
