// A TLS client (RFC 8446, RFC 5246) that is fed bytes and gives bytes: it makes no system call, and its
// random bytes are given to it. It authenticates nobody.
//
//   Client client{offer, randomness};
//   client.start(out);                             // send `out`
//   while (!bytes.empty()) {                       // that were received
//     bytes = bytes.subspan(client.feed(bytes, out));
//     use(client.application_data());              // and send `out`
//   }
#pragma once

#include "base/message_builder.hpp"
#include "healthcheck/protocol/tls/handshake/handshake.hpp"

namespace healthcheck::tls {

class Client {
 public:
  Client(const Offer& offer, const Randomness& randomness)
      : handshake_(offer, randomness, reader_, writer_) {}
  Client(const Client&) = delete;

  // Adds the ClientHello.
  void start(base::Arena& out) { handshake_.start(out); }
  // Takes bytes up to the end of one record, and returns how many. Adds the reply, if the record needs one.
  // Once the connection is over, takes all bytes.
  [[gnu::noinline]] std::size_t feed(Bytes bytes, base::Arena& out);
  // The application data of the record that feed() has completed; valid until the next feed().
  Bytes application_data() const { return application_data_; }
  // Adds the bytes as application data. The connection must be established.
  void send(Bytes bytes, base::Arena& out);
  // Adds the alert that says that nothing more will be sent.
  void close(base::Arena& out);
  // The server has closed the connection. Returns whether it did so in the middle of a record.
  bool end();

  // The server's Finished was right.
  bool is_established() const { return handshake_.is_established(); }
  // Nothing more will be received.
  bool is_over() const { return state_ != State::Open; }
  // The connection is over by the server's orderly close, after the handshake.
  bool has_closed() const { return state_ == State::Closed && is_established(); }
  // The connection is over, but not by the server's orderly close after the handshake.
  bool has_failed() const { return is_over() && !has_closed(); }
  // The server asked for a certificate, and refused the handshake because there is none. In TLS 1.2 it
  // refuses before its Finished.
  bool is_certificate_missing() const;
  // notAfter of the server's certificate, in seconds since 1970, if it could be read.
  std::optional<std::int64_t> not_after() const { return handshake_.not_after(); }

  // Adds the reason of the failure: "TLS alert handshake_failure".
  void add_problem(base::MessageBuilder& line) const;
  // Adds the version: "TLS 1.3".
  void add_version(base::MessageBuilder& line) const;

 private:
  enum class State : std::uint8_t {
    Open,
    Closed,   // by close_notify, or by the end of the connection
    Refused,  // by an alert
    Broken,   // the server broke a rule
    NotTls,
  };

  [[gnu::noinline]] Fault take_record(base::Arena& out);
  [[gnu::noinline]] Fault take_alert(Bytes text);
  void add_alert(Alert alert, base::Arena& out);
  [[gnu::noinline]] void fail(State state, Alert alert, base::Arena& out);

  State state_ = State::Open;
  Alert alert_{};  // received, or sent
  Bytes application_data_{};
  RecordWriter writer_;
  Handshake handshake_;
  RecordReader reader_;
};

}  // namespace healthcheck::tls
