// A conversation inside of TLS if the target asks for TLS, otherwise a plain one. Only healthcheck-tls has
// it.
#pragma once

#include <cstdint>

#include "healthcheck/protocol/conversation.hpp"
#include "healthcheck/protocol/tls/client.hpp"

namespace healthcheck {

class SecureConversation {
 public:
  SecureConversation(const Plan& plan, const Target& target);
  SecureConversation(const SecureConversation&) = delete;

  // Fill these in before add_request() if the target uses TLS: the random bytes, and for --min-validity the
  // seconds since 1970.
  tls::Randomness& randomness() { return randomness_; }
  void set_time(std::int64_t seconds) { seconds_ = seconds; }

  // These are as in Conversation.
  void add_request(base::Arena& request);
  void feed(std::string_view bytes, base::Arena& replies);
  void end(HttpReader::End end);
  bool is_decided() const;
  bool is_over() const;
  const char* awaited() const;
  bool has_answer() const { return inner_.has_answer(); }
  bool may_be_echo() const { return !is_secure() && inner_.may_be_echo(); }
  // In TLS, the replies are the handshake and the request.
  bool needs_replies() const { return is_secure() && !is_decided(); }
  bool needs_no_more() const { return is_secure() ? is_over() : inner_.needs_no_more(); }
  void add_incomplete_answer(base::MessageBuilder& line) const { inner_.add_incomplete_answer(line); }
  [[gnu::noinline]] Health add_verdict(base::MessageBuilder& line) const;

  // Adds the orderly end of a TLS connection, so that a server logs no error. From now on, the conversation
  // is over only when the server has ended it too.
  void add_farewell(base::Arena& out);

 private:
  bool is_secure() const { return target_.transport == Transport::Tls; }
  // Adds the request, if it is not sent yet, and the replies to the application data that has come.
  void speak(base::Arena& out);
  bool is_alive_without_certificate() const;
  Health add_secure_verdict(base::MessageBuilder& line) const;
  // Adds the reason if the certificate does not last as long as --min-validity asks for.
  bool check_validity(base::MessageBuilder& line) const;

  const Plan& plan_;
  const Target& target_;
  bool has_sent_request_ = false, is_request_too_long_ = false, has_said_farewell_ = false;
  std::int64_t seconds_ = 0;
  Conversation inner_;
  tls::Offer offer_;
  tls::Randomness randomness_;
  tls::Client client_;
};

}  // namespace healthcheck
