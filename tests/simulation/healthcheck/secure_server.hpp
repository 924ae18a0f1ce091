// The TLS of a simulated server: it answers the client's handshake, and puts the answer of its service into
// records. Everything that the program reads is a part of Server::answer, so the rules judge offsets of the
// wire: an offset in the service's answer becomes the end of the record that completes it.
#pragma once

#include <memory>
#include <vector>

#include "simulation/healthcheck/server.hpp"
#include "tests/tls/keyed_server.hpp"

namespace simulation {

class SecureServer {
 public:
  // Takes the service's answer from the server, whose answer grows from now on as the dialogue goes on.
  SecureServer(Random& random, const Settings& settings, const Target& target, Server& server);

  // Takes bytes of the client, and lets the server answer. `since`: the time since it began to answer.
  void receive(std::string_view bytes, Time since);

  // The server has closed the connection; it may still read.
  void stop_sending() { is_over_ = true; }

  int hellos() const { return keys_.hellos(); }
  // The client can send its request, or has sent it.
  bool is_established() const { return keys_.has_client_finished(); }
  // The server has left the client no orderly end.
  bool is_faulty() const { return fault_ != Fault::None || refuses_; }
  bool was_left_in_order() const { return keys_.alert() == 0; }
  const std::string& received() const { return keys_.received(); }
  // The client's fault; null: none, or an answer to a fault of the server.
  const char* fault() const;
  // Returns what is wrong with the ClientHello; null: nothing.
  const char* fault_of_hello() const;

  // The service has the whole request.
  void answer_request(Time since);

 private:
  // The faults that a client has to find.
  enum class Fault : std::uint8_t {
    None,
    Plain,  // a service without TLS
    Alert,  // in place of the ServerHello
    Suite,
    Group,
    Share,
    Downgrade,
    Extension,
    SecondRetry,
    Message,      // another in place of the certificate
    Unprotected,  // a record in the clear, after the keys
    Empty,        // a record without content
    Interrupted,  // a record between the parts of a message
    Finished,     // the wrong one, under the right keys
    NoFinished,   // data in its place
    Tag,          // of the record of the Finished
    LateAlert,    // in place of the answer
    KeyUpdate,    // an invalid one
    Changed,      // a byte of the wire
    Cut,          // the wire ends at any byte
  };

  void draw_fault();
  void answer_hello();
  bool answer_without_hello();
  void send_hello();
  void add_flight();
  std::string certificate_message();
  std::string certificate() const;
  std::string certificate_request() const;
  void add_messages(std::string_view messages);
  void add_unprotected();
  void add_finished();
  void add_answer();
  void add_noise();

  // Moves what the keyed server has sent to the wire. Returns where it begins.
  std::size_t flush();
  // The same, for bytes that are wrong: the client may find it at once, and has to at their end.
  void flush_wrong();
  void end_flight(Time since);
  void spoil(std::size_t start);
  void finish(Time since);
  void annotate();
  std::size_t place(std::size_t in_answer) const;
  bool is_13() const { return choice_.version == tls_test::Version::Tls13; }
  bool chance(std::int64_t chances) { return random_.one_in(chances); }
  std::size_t below(std::size_t end) {
    return static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(end)));
  }
  std::string& wire() { return server_.answer.bytes; }

  Random& random_;
  const Settings& settings_;
  const Target& target_;
  Server& server_;
  Answer plain_;
  End end_;  // of the connection, after the answer
  tls_test::ServerChoice choice_;
  tls_test::KeyedServer keys_;
  Fault fault_ = Fault::None;
  int spoilt_flight_ = 0, flights_ = 0, hellos_answered_ = 0;
  bool asks_retry_ = false, wants_certificate_ = false, refuses_ = false, is_short_lived_ = false;
  bool has_ended_handshake_ = false, has_answered_ = false, is_over_ = false;
  std::string cookie_;
  std::size_t flight_start_ = 0;
  // Places on the wire. `alive_at_`: the refusal by a server that wants a certificate.
  std::size_t wrong_from_ = nowhere, wrong_at_ = nowhere, established_at_ = nowhere, alive_at_ = nowhere;
  // The answer up to here is complete with the wire up to there.
  struct Part {
    std::size_t answer_end, wire_end;
  };
  std::vector<Part> parts_;
};

}  // namespace simulation
