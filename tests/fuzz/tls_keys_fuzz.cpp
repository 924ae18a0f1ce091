// The TLS client, behind the keys: a server of TLS 1.3 that knows them, and sends protected records of any
// text.
#include "tls_property.hpp"

namespace fuzz {
namespace {

constexpr std::uint8_t server_scalar[32] = {10, 11, 12};

// A vector behind its length (RFC 8446 §3).
std::string vector_of(std::size_t length_size, std::string_view content) {
  std::string out;
  for (std::size_t i = length_size; i-- > 0;) out += static_cast<char>(content.size() >> (8 * i));
  return out.append(content);
}

class Server {
 public:
  Server(const std::string& hello_record, tls::Hash hash) : hash_(hash) {
    transcript_.update(as_bytes(std::string_view{hello_record}.substr(tls::record_header_size)));
    // The client's share is the last extension's last bytes.
    tls::Bytes client_share = as_bytes(hello_record).last(32);
    std::array<std::uint8_t, 32> share{}, secret{};
    tls::make_share(tls::Group::X25519, server_scalar, share);
    if (!tls::agree(tls::Group::X25519, server_scalar, client_share, secret)) return;
    send(tls::ContentType::Handshake, server_hello(share));
    secrets_ = schedule_.handshake_secrets(secret, transcript_.digest(hash_));
    writer_.protect(tls::RecordProtection{secrets_.server});
  }

  // Does what the input's next byte says.
  void act(Choices& choices) {
    unsigned action = choices.take();
    std::string_view text = action % 8 == 4 ? "" : choices.take_text(choices.take());
    switch (action % 8) {
      case 4:
        return finish();
      case 5:
        application_data_ += text;
        return send(tls::ContentType::ApplicationData, text);
      case 6:
        return send(tls::ContentType::Alert, text);
      case 7:
        // The text ends with a type and padding of its own.
        return send(tls::ContentType{0}, text);
      default:
        return send(tls::ContentType::Handshake, text);
    }
  }

  const std::string& stream() const { return stream_; }
  const std::string& application_data() const { return application_data_; }
  bool has_finished() const { return has_finished_; }

 private:
  std::string server_hello(tls::Bytes share) const {
    std::string versions = {0, 43, 0, 2, 3, 4};
    std::string key = vector_of(2, as_text(share));
    std::string key_share = std::string{0, 51} + vector_of(2, std::string{0, 29} + key);
    std::string suite = {0x13, static_cast<char>(hash_ == tls::Hash::Sha256 ? 1 : 2)};
    std::string body =
        std::string{3, 3} + std::string(32, 'r') + '\0' + suite + '\0' + vector_of(2, versions + key_share);
    return '\2' + vector_of(3, body);
  }

  void send(tls::ContentType type, std::string_view text) {
    base::Arena out;
    writer_.begin(out, type);
    out.add(text);
    writer_.finish(out);
    stream_ += out.since(0);
    if (type == tls::ContentType::Handshake) transcript_.update(as_bytes(text));
  }

  // The right Finished for all that was sent so far, and the keys after it.
  void finish() {
    tls::Digest data = tls::finished_data(secrets_.server, transcript_.digest(hash_));
    send(tls::ContentType::Handshake, '\x14' + vector_of(3, as_text(data.bytes())));
    if (has_finished_) return;
    has_finished_ = true;
    secrets_ = schedule_.application_secrets(transcript_.digest(hash_));
    writer_.protect(tls::RecordProtection{secrets_.server});
  }

  tls::Hash hash_;
  tls::Transcript transcript_;
  tls::KeySchedule schedule_{hash_};
  tls::TrafficSecrets secrets_{tls::Digest{hash_}, tls::Digest{hash_}};
  tls::RecordWriter writer_;
  std::string stream_, application_data_;
  bool has_finished_ = false;
};

}  // namespace

Violation check(std::string_view input) {
  Choices choices{input};
  Server server{Reading{}.hello(), choices.take() % 2 == 0 ? tls::Hash::Sha256 : tls::Hash::Sha384};
  while (!choices.rest().empty()) server.act(choices);
  std::string whole;
  for (unsigned way = 0; way < ways_to_cut; ++way) {
    Reading reading;
    feed_in_pieces(server.stream(), way, [&](std::string_view piece) { reading.feed(piece); });
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
