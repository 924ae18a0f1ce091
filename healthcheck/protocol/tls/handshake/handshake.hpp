// The handshake of TLS 1.3 (RFC 8446 §4) and of TLS 1.2 (RFC 5246 §7.3), as a client that authenticates
// nobody: certificates and signatures are hashed and skipped.
#pragma once

#include <array>
#include <optional>

#include "healthcheck/protocol/tls/handshake/certificate_reader.hpp"
#include "healthcheck/protocol/tls/handshake/client_hello.hpp"
#include "healthcheck/protocol/tls/handshake/handshake_reader.hpp"
#include "healthcheck/protocol/tls/handshake/key_schedule.hpp"
#include "healthcheck/protocol/tls/handshake/server_hello.hpp"
#include "healthcheck/protocol/tls/handshake/transcript.hpp"
#include "healthcheck/protocol/tls/record/record_reader.hpp"
#include "healthcheck/protocol/tls/record/record_writer.hpp"

namespace healthcheck::tls {

// Random bytes of one connection. A second group gets a scalar of its own.
struct Randomness {
  std::array<std::uint8_t, random_size> hello;
  std::array<std::uint8_t, secret_size(Group::X25519)> x25519;
  std::array<std::uint8_t, max_secret_size> nist;
};

class Handshake {
 public:
  Handshake(const Offer& offer, const Randomness& randomness, RecordReader& reader, RecordWriter& writer)
      : offer_(offer), randomness_(randomness), reader_(reader), writer_(writer) {}

  // Adds the ClientHello.
  void start(base::Arena& out);
  // Takes the text of a record of type Handshake, and adds the reply, if its messages need one.
  [[gnu::noinline]] Fault feed(Bytes text, base::Arena& out);
  [[gnu::noinline]] Fault take_change_cipher_spec(Bytes text);
  // Adds the KeyUpdate that the server has asked for. It is due only before application data (RFC 8446
  // §4.6.3): a reply that is made while the rest of an answer is read would never be sent, and the farewell
  // after it would have keys that the server does not expect.
  [[gnu::noinline]] void answer_key_update(base::Arena& out);

  bool is_between_messages() const { return messages_.is_between_messages(); }
  // The server's Finished was right.
  bool is_established() const { return step_ >= Step::Established12; }
  bool has_server_hello() const { return step_ != Step::ServerHello; }
  bool has_certificate_request() const { return has_certificate_request_; }
  // Valid if has_server_hello().
  Version version() const { return schedule_.version(); }
  std::optional<std::int64_t> not_after() const { return certificate_.not_after(); }

 private:
  // The message that is expected next.
  enum class Step : std::uint8_t {
    ServerHello,
    // TLS 1.3 (RFC 8446 §A.1).
    EncryptedExtensions,
    CertificateOrRequest,
    Certificate,
    CertificateVerify,
    Finished,
    // TLS 1.2 (RFC 5246 §7.3).
    Certificate12,
    KeyExchange,
    RequestOrDone,
    Done,
    ChangeCipherSpec,
    Finished12,

    Established12,
    Established13,
  };
  // A message that may come at a step, and the step after it.
  struct Transition {
    Step step;
    HandshakeType type;
    Step next;
  };
  static const Transition transitions[15];

  // `taken` ends with the bytes of the body from `body_start` on.
  [[gnu::noinline]] void read_certificate(std::size_t body_start, Bytes taken);
  [[gnu::noinline]] Fault take_message(base::Arena& out);
  Fault act_on_message(base::Arena& out);
  [[gnu::noinline]] Fault take_server_hello(base::Arena& out);
  [[gnu::noinline]] Fault retry(const ServerHello& hello, base::Arena& out);
  Fault finish(base::Arena& out);
  // Chooses the group, and makes the share for it.
  [[gnu::noinline]] void choose(Group group);
  [[gnu::noinline]] Fault agree_on_secret(Bytes server_share);
  Bytes scalar() const;
  MutableBytes share() { return MutableBytes{share_}.first(share_size(group_)); }
  Bytes shared_secret() const { return Bytes{shared_secret_}.first(secret_size(group_)); }
  // The digest of the transcript so far; valid until the next call.
  [[gnu::noinline]] const Digest& transcript() {
    transcript_.digest(schedule_.hash(), digest_);
    return digest_;
  }

  [[gnu::noinline]] Fault begin_13(const ServerHello& hello);
  Fault take_key_update_13();

  [[gnu::noinline]] Fault take_key_exchange_12();
  [[gnu::noinline]] Fault answer_12(base::Arena& out);

  // Protects the records of this side with its present keys.
  [[gnu::noinline]] void protect(Side side);
  void add_client_hello(Bytes cookie, base::Arena& out);
  [[gnu::noinline]] void add_certificate(base::Arena& out);
  [[gnu::noinline]] void add_finished(base::Arena& out);
  [[gnu::noinline]] void begin_message(HandshakeType type, base::Arena& out);
  [[gnu::noinline]] void finish_message(base::Arena& out);
  [[gnu::noinline]] void add_message(HandshakeType type, Bytes body, base::Arena& out);

  const Offer& offer_;
  const Randomness& randomness_;
  RecordReader& reader_;
  RecordWriter& writer_;

  Step step_ = Step::ServerHello;
  Group group_ = Group::X25519;
  bool has_retried_ = false, has_certificate_request_ = false, has_extended_master_secret_ = false;
  bool has_new_keys_ = false;  // by the last message
  bool owes_key_update_ = false;
  CertificateReader certificate_;
  KeySchedule schedule_;
  // Each is set before it is used. They are no local variables, so that fewer functions have a buffer to
  // guard on their stack.
  Digest before_finished_;  // of the transcript; then that up to the server's Finished
  Digest digest_, verify_data_;
  std::array<std::uint8_t, max_secret_size> shared_secret_;
  std::array<std::uint8_t, max_share_size> share_;  // of the client
  // The largest come last: the others are then reached by short instructions.
  Transcript transcript_;
  HandshakeReader messages_;
};

}  // namespace healthcheck::tls
