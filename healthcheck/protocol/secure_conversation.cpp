#include "healthcheck/protocol/secure_conversation.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace healthcheck {
namespace {

using base::Arena;
using base::MessageBuilder;
using std::string_view;
using tls::as_bytes;

// Returns the host of the target if it is a name: TLS has no server names for addresses (RFC 6066 §3).
string_view name_of(const Target& target) {
  string_view authority = target.authority;
  return target.host == Host::Literal ? string_view{} : base::take_until(authority, ':');
}

string_view protocol_of(Scheme scheme) {
  return scheme == Scheme::Http ? "\x08http/1.1" : scheme == Scheme::Grpc ? "\x02h2" : "";
}

}  // namespace

SecureConversation::SecureConversation(const Plan& plan, const Target& target)
    : plan_(plan),
      target_(target),
      inner_(plan, target),
      offer_{plan.server_name.empty() ? name_of(target) : plan.server_name, protocol_of(target.scheme)},
      client_(offer_, randomness_) {}

void SecureConversation::add_request(Arena& request) {
  if (!is_secure()) return inner_.add_request(request);
  client_.start(request);
}

// Build the text in an arena of its own: it is encrypted on its way into the other one. The request comes
// before any reply: HTTP/2 begins with the client's preface (RFC 9113 §3.4), and a server may send first.
void SecureConversation::speak(Arena& out) {
  __attribute__((uninitialized)) Arena text;
  Arena::Scope scope{text};
  if (!has_sent_request_) inner_.add_request(text);
  has_sent_request_ = true;
  if (!client_.application_data().empty()) inner_.feed(tls::as_text(client_.application_data()), text);
  if (text.overflowed()) is_request_too_long_ = true;
  if (!scope.text().empty()) client_.send(as_bytes(scope.text()), out);
}

void SecureConversation::feed(string_view bytes, Arena& replies) {
  if (!is_secure()) return inner_.feed(bytes, replies);
  for (tls::Bytes rest = as_bytes(bytes); !rest.empty();) {
    rest = rest.subspan(client_.feed(rest, replies));
    // In TLS 1.3 the request goes out with the client's Finished, in one send.
    if (client_.is_established() && !client_.is_over()) speak(replies);
  }
  if (replies.overflowed()) is_request_too_long_ = true;
  if (client_.has_closed()) inner_.end(HttpReader::End::Orderly);
}

// Without a close_notify, an answer that only the end delimits may have been cut (RFC 9112 §9.8). Many
// servers send none, so its absence counts only if the rest of the answer would have decided. A record that
// is cut always counts. After the farewell, a server owes nothing.
void SecureConversation::end(HttpReader::End end) {
  if (!is_secure()) return inner_.end(end);
  const bool is_cut = client_.end() || !inner_.is_decided();
  if (has_said_farewell_) return;
  inner_.end(is_cut && end == HttpReader::End::Orderly ? HttpReader::End::Early : end);
}

bool SecureConversation::is_decided() const {
  if (!is_secure()) return inner_.is_decided();
  if (is_request_too_long_ || client_.is_over()) return true;
  return client_.is_established() && inner_.is_decided();
}

bool SecureConversation::is_over() const {
  if (!is_secure()) return inner_.is_over();
  return client_.is_over() || (!has_said_farewell_ && inner_.is_over());
}

const char* SecureConversation::awaited() const {
  return !is_secure() || client_.is_established() ? inner_.awaited() : "waiting for the TLS handshake";
}

void SecureConversation::add_farewell(Arena& out) {
  has_said_farewell_ = true;
  client_.close(out);
}

bool SecureConversation::is_alive_without_certificate() const {
  return target_.scheme == Scheme::Tcp && plan_.expect.empty() && client_.is_certificate_missing();
}

Health SecureConversation::add_verdict(MessageBuilder& line) const {
  return is_secure() ? add_secure_verdict(line) : inner_.add_verdict(line);
}

Health SecureConversation::add_secure_verdict(MessageBuilder& line) const {
  if (is_request_too_long_) {
    line.add("request too long");
    return Health::Unhealthy;
  }
  bool is_alive = is_alive_without_certificate();
  if (!is_alive && (!client_.is_established() || (client_.has_failed() && !inner_.is_decided()))) {
    client_.add_problem(line);
    return Health::Unhealthy;
  }
  if (plan_.min_validity && !check_validity(line)) return Health::Unhealthy;
  if (target_.scheme != Scheme::Tcp || !plan_.expect.empty()) return inner_.add_verdict(line);
  client_.add_version(line);
  if (is_alive) line.add(", and wants a client certificate");
  return Health::Healthy;
}

bool SecureConversation::check_validity(MessageBuilder& line) const {
  auto not_after = client_.not_after();
  if (!not_after) {
    line.add("the end of the certificate's validity is not readable");
    return false;
  }
  // A time too far away for nanoseconds counts as the farthest.
  std::int64_t left = std::min<std::int64_t>(*not_after - seconds_, 9'000'000'000);
  if (left < 0) {
    line.add("the certificate has expired");
    return false;
  }
  if (base::seconds(left) >= plan_.min_validity) return true;
  line.add("the certificate expires in ").add(base::seconds(left));
  return false;
}

}  // namespace healthcheck
