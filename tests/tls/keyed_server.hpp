// A TLS server in memory, made of the client's own primitives: it has the keys, so it can send what no honest
// server sends, under the right protection. It chooses nothing at random, so a run can be repeated.
//
//   KeyedServer server{{.version = Version::Tls13}};
//   server.receive(client_hello);
//   server.send_hello();
//   server.send(ContentType::Handshake, any_text);
//   server.send_finished();
//   client.feed(server.take_sent());
//
// Its primitives would hide their faults from it: other tests compare them with OpenSSL's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "healthcheck/protocol/tls/handshake/handshake_reader.hpp"
#include "healthcheck/protocol/tls/handshake/key_schedule.hpp"
#include "healthcheck/protocol/tls/handshake/server_hello.hpp"
#include "healthcheck/protocol/tls/handshake/transcript.hpp"
#include "healthcheck/protocol/tls/record/record_reader.hpp"

namespace tls_test {

using healthcheck::tls::ContentType;
using healthcheck::tls::Group;
using healthcheck::tls::HandshakeType;
using healthcheck::tls::Hash;
using healthcheck::tls::Side;
using healthcheck::tls::Version;

// A big-endian number, and a vector behind its length (RFC 8446 §3).
std::string number(std::size_t size, std::size_t value);
std::string vector_of(std::size_t length_size, std::string_view content);
std::string message(HandshakeType type, std::string_view body);

struct ServerChoice {
  Version version = Version::Tls13;
  Hash hash = Hash::Sha256;
  Group group = Group::X25519;
  bool extended_master_secret = true;  // in TLS 1.2
};

// The parts of a ServerHello that a test may spoil.
struct HelloFields {
  std::string random = std::string(healthcheck::tls::random_size, 'r');
  std::size_t suite = 0;
  std::size_t group = 0;  // in TLS 1.3, as is the share
  std::string share{};
  std::string extensions{};  // after the others
};

class KeyedServer {
 public:
  explicit KeyedServer(const ServerChoice& choice) : choice_(choice) {}
  KeyedServer(const KeyedServer&) = delete;

  // Takes bytes of the client, however they are cut.
  void receive(std::string_view bytes);
  // Names the rule of the protocol that the client has broken; null if it has broken none.
  const char* fault() const { return fault_; }

  // The ClientHello that came last.
  struct Hello {
    std::string server_name, protocols, cookie, share;
    std::size_t group = 0;
  };
  const Hello& hello() const { return hello_; }
  int hellos() const { return hellos_; }
  bool has_client_finished() const { return has_client_finished_; }
  const std::string& received() const { return received_; }  // application data
  std::optional<int> alert() const { return alert_; }
  // The empty list that a client without a certificate sends when it is asked for one.
  bool has_certificate_list() const { return has_certificate_list_; }

  bool needs_retry() const;
  void send_retry(std::string_view cookie);
  HelloFields hello_fields() const;
  // Sends a ServerHello, and protects the records after it in TLS 1.3.
  void send_hello(const HelloFields& fields);
  void send_hello() { send_hello(hello_fields()); }
  // The message of TLS 1.2 that carries the server's share.
  std::string key_exchange() const;
  // Sends a record of this text, which may be invalid. In TLS 1.3 the padding follows the type.
  void send(ContentType type, std::string_view text, std::size_t padding = 0);
  // The Finished of all that was sent so far, in TLS 1.2 behind a ChangeCipherSpec. The keys change with it.
  void send_finished() { send_finished(finished()); }
  void send_finished(std::string_view verify_data);
  std::string finished() const;
  bool has_finished() const { return has_finished_; }
  // In TLS 1.3; `request` as in RFC 8446 §4.6.3.
  void send_key_update(int request);
  // The bytes that were sent since the last call.
  std::string take_sent();

 private:
  using Reader = healthcheck::tls::RecordReader;

  void take_record();
  void take_message();
  void take_hello(healthcheck::tls::Bytes body);
  void take_key_exchange(healthcheck::tls::Bytes body);
  void take_finished();
  bool agree(std::string_view client_share);
  healthcheck::tls::Digest digest() const { return transcript_.digest(choice_.hash); }
  bool is_13() const { return choice_.version == Version::Tls13; }
  void protect_writing() { writing_.emplace(schedule_.keys(Side::Server)); }
  void fail(const char* fault) { fault_ = fault; }

  ServerChoice choice_;
  const char* fault_ = nullptr;
  Hello hello_;
  std::string client_random_, shared_secret_, received_, sent_;
  int hellos_ = 0;
  bool has_certificate_list_ = false, has_client_finished_ = false, has_finished_ = false, has_keys_ = false,
       reads_protected_ = false;
  std::optional<int> alert_;
  healthcheck::tls::Transcript transcript_;
  healthcheck::tls::KeySchedule schedule_, handshake_;  // the second: with the keys of the handshake
  std::optional<healthcheck::tls::RecordProtection> writing_;
  healthcheck::tls::HandshakeReader messages_;
  Reader reader_;
};

}  // namespace tls_test
