// The TLS client, behind the keys: a server of TLS 1.3 that knows them, and sends protected records of any
// text.
#include "tests/tls/keyed_server.hpp"
#include "tls_property.hpp"

namespace fuzz {
namespace {

using tls::ContentType;

class Server {
 public:
  Server(const std::string& hello_record, tls::Hash hash) : server_({.hash = hash}) {
    server_.receive(hello_record);
    server_.send_hello();
  }

  // Does what the input's next byte says.
  void act(Choices& choices) {
    unsigned action = choices.take();
    std::string_view text = action % 8 == 4 ? "" : choices.take_text(choices.take());
    switch (action % 8) {
      case 4:
        // The right Finished for all that was sent so far, and the keys after it.
        return server_.send_finished();
      case 5:
        return server_.send(ContentType::ApplicationData, text);
      case 6:
        return server_.send(ContentType::Alert, text);
      case 7:
        // The text ends with a type and padding of its own.
        return server_.send(ContentType{0}, text);
      default:
        return server_.send(ContentType::Handshake, text);
    }
  }

  std::string stream() { return server_.take_sent(); }
  bool has_finished() const { return server_.has_finished(); }

 private:
  tls_test::KeyedServer server_;
};

}  // namespace

Violation check(std::string_view input) {
  Choices choices{input};
  Server server{Reading{}.hello(), choices.take() % 2 == 0 ? tls::Hash::Sha256 : tls::Hash::Sha384};
  while (!choices.rest().empty()) server.act(choices);
  const std::string stream = server.stream();
  std::string whole;
  for (unsigned way = 0; way < ways_to_cut; ++way) {
    Reading reading;
    feed_in_pieces(stream, way, [&](std::string_view piece) { reading.feed(piece); });
    if (!reading.violation().empty()) return reading.violation();
    if (reading.is_established() && !server.has_finished()) return "established without a Finished";
    if (!reading.is_established() && !reading.data().empty()) return "data of a server that has not finished";
    std::string told = reading.told();
    if (way == 0) whole = told;
    if (told != whole) return "at once: " + whole + "; in pieces: " + told;
  }
  return {};
}

}  // namespace fuzz
