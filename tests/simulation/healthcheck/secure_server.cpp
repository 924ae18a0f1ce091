// The dialogue of a simulated server of TLS, its cuts and its delays.
#include "simulation/healthcheck/secure_server.hpp"

#include <algorithm>
#include <utility>

#include "simulation/trace.hpp"

namespace simulation {

using tls_test::Group;
using tls_test::Hash;
using tls_test::Version;

namespace {

tls_test::ServerChoice draw_choice(Random& random) {
  tls_test::ServerChoice choice;
  if (random.one_in(3)) choice.version = Version::Tls12;
  if (random.one_in(2)) choice.hash = Hash::Sha384;
  // NIST's curves take long.
  if (random.one_in(32)) choice.group = random.one_in(4) ? Group::P384 : Group::P256;
  choice.extended_master_secret = !random.one_in(8);
  return choice;
}

// The name that the client asks for: a host that is no address (RFC 6066 §3).
std::string_view server_name(const Settings& settings, const Target& target) {
  if (!settings.server_name.empty()) return settings.server_name;
  if (target.place != Place::Localhost && target.place != Place::Named) return {};
  std::string_view text = target.text;
  text.remove_prefix(text.find("://") + 3);
  return text.substr(0, text.find(':'));
}

}  // namespace

SecureServer::SecureServer(Random& random, const Settings& settings, const Target& target, Server& server)
    : random_(random),
      settings_(settings),
      target_(target),
      server_(server),
      plain_(std::move(server.answer)),
      end_(server.end),
      choice_(draw_choice(random)),
      keys_(choice_) {
  server_.answer = {};
  server_.answer.has_records = true;
  server_.segments.clear();
  server_.end = End::None;
  draw_fault();
  asks_retry_ = is_13() && (choice_.group != Group::X25519 || chance(8) || fault_ == Fault::SecondRetry);
  if (asks_retry_ && (choice_.group == Group::X25519 || chance(2)))
    cookie_ = std::string(1 + below(200), 'c');
  refuses_ = server.trouble == Server::Trouble::Refusing;
  wants_certificate_ = refuses_ || chance(8);
  is_short_lived_ = settings.min_validity != 0 && chance(4);
  note("TLS: version, hash, group, fault", static_cast<int>(choice_.version), static_cast<int>(choice_.hash),
       static_cast<int>(choice_.group), static_cast<int>(fault_));
}

void SecureServer::draw_fault() {
  switch (server_.trouble) {
    case Server::Trouble::Wrong:
      fault_ = static_cast<Fault>(1 + random_.below(static_cast<std::int64_t>(Fault::KeyUpdate)));
      // The other version has no such fault.
      if (!is_13() && (fault_ == Fault::Group || fault_ == Fault::Share || fault_ == Fault::SecondRetry ||
                       fault_ == Fault::KeyUpdate || fault_ == Fault::Unprotected))
        fault_ = Fault::Finished;
      if (is_13() && fault_ == Fault::Downgrade) fault_ = Fault::Suite;
      break;
    case Server::Trouble::Changed:
      fault_ = Fault::Changed;
      break;
    case Server::Trouble::Cut:
      fault_ = Fault::Cut;
      break;
    default:
      break;
  }
  spoilt_flight_ = static_cast<int>(random_.below(3));
}

const char* SecureServer::fault_of_hello() const {
  const auto& hello = keys_.hello();
  std::string_view protocols;
  if (target_.scheme == Scheme::Http) protocols = "\x08http/1.1";
  if (target_.scheme == Scheme::Grpc) protocols = "\x02h2";
  if (hello.server_name != server_name(settings_, target_)) return "asks for another server name";
  if (hello.protocols != protocols) return "offers another protocol";
  if (keys_.hellos() > 1 && fault_ == Fault::None && hello.cookie != cookie_)
    return "does not return the cookie";
  return nullptr;
}

const char* SecureServer::fault() const {
  if (fault_ != Fault::None) return nullptr;
  if (keys_.has_client_finished() && keys_.has_certificate_list() != wants_certificate_)
    return "a list of certificates is missing, or nobody wants it";
  return keys_.fault();
}

void SecureServer::receive(std::string_view bytes, Time since) {
  keys_.receive(bytes);
  if (is_over_) return;
  if (keys_.fault() != nullptr || keys_.alert().value_or(0) != 0) return finish(since);
  if (keys_.hellos() > hellos_answered_) {
    ++hellos_answered_;
    answer_hello();
    end_flight(since);
  } else if (!is_13() && keys_.has_client_finished() && !std::exchange(has_ended_handshake_, true)) {
    add_finished();
    if (server_.greets && alive_at_ == nowhere) add_answer();
    end_flight(since);
  }
}

void SecureServer::answer_request(Time since) {
  if (is_over_) return;
  if (!has_answered_) {
    add_answer();
    end_flight(since);
  }
  finish(since);
}

std::size_t SecureServer::flush() {
  const std::size_t start = wire().size();
  wire() += keys_.take_sent();
  return start;
}

void SecureServer::flush_wrong() {
  wrong_from_ = std::min(wrong_from_, flush() + 1);
  wrong_at_ = std::min(wrong_at_, wire().size());
}

// Changes or cuts what was added since `start`.
void SecureServer::spoil(std::size_t start) {
  const std::size_t size = wire().size() - start;
  if (fault_ == Fault::Cut) {
    wire().resize(start + below(size + 1));
    return;
  }
  const std::size_t at = start + below(size);
  wire()[at] = static_cast<char>(wire()[at] ^ static_cast<char>(1 + random_.below(255)));
  // The client ignores the minor version of a record (RFC 8446 §5.1).
  std::size_t record = start;
  while (record + record_header <= wire().size() && record + 2 < at) record = end_of_record(wire(), record);
  if (record + 2 != at) wrong_from_ = std::min(wrong_from_, at + 1);
}

void SecureServer::end_flight(Time since) {
  flush();
  const std::size_t start = std::exchange(flight_start_, wire().size()), size = wire().size() - start;
  const bool is_spoilt = (fault_ == Fault::Changed || fault_ == Fault::Cut) && size != 0 &&
                         (flights_ == spoilt_flight_ || (has_answered_ && flights_ < spoilt_flight_));
  ++flights_;
  if (is_spoilt) spoil(start);
  flight_start_ = wire().size();
  std::vector<std::size_t> ends;
  for (auto cuts = random_.below(5); cuts > 0 && size > 1; --cuts)
    ends.push_back(std::min(flight_start_, start + 1 + below(size)));
  ends.push_back(flight_start_);
  std::ranges::sort(ends);
  Time after = since + random_.below(server_.pace);
  for (std::size_t end : ends) {
    server_.segments.push_back({end, after});
    if (!chance(3)) after += random_.below(server_.pace);
  }
  annotate();
  note("TLS: flight ends at, established at, right at, wrong from", flight_start_, established_at_,
       server_.answer.right_at, server_.answer.wrong_from);
  if (is_spoilt && fault_ == Fault::Cut) return finish(since);
  if (!settings_.is_unlimited()) return;
  // Nothing but the server can end such a run.
  server_.end = End::Fin;
  server_.end_after = server_.segments.back().after + 2 * second;
}

void SecureServer::finish(Time since) {
  if (std::exchange(is_over_, true)) return;
  server_.end = end_;
  server_.end_after = since + random_.below(chance(2) ? 2 : 400 * millisecond);
  if (!server_.segments.empty())
    server_.end_after = std::max(server_.end_after, server_.segments.back().after + random_.below(2));
  if (end_ != End::None || !settings_.is_unlimited()) return;
  server_.end = End::Fin;
  server_.end_after += 2 * second;
}

std::size_t SecureServer::place(std::size_t in_answer) const {
  if (in_answer == 0) return established_at_;
  for (const Part& part : parts_)
    if (part.answer_end >= in_answer) return part.wire_end;
  return nowhere;
}

void SecureServer::annotate() {
  Answer& answer = server_.answer;
  answer.headers_end = place(plain_.headers_end);
  answer.message_end = place(plain_.message_end);
  answer.texts_end = place(plain_.texts_end);
  answer.right_at = place(plain_.right_at);
  answer.wrong_from = place(plain_.wrong_from);
  answer.wrong_at = place(plain_.wrong_at);
  answer.lasts_until_end = plain_.lasts_until_end;
  answer.replies = plain_.replies;
  answer.due = plain_.due;
  for (auto& reply : answer.due) reply.due_at = place(reply.due_at);
  // Behind a changed byte no record may be complete, so the client may wait for more.
  if (answer.closes_at >= wrong_from_) answer.closes_at = nowhere;
  if (answer.message_end >= wrong_from_) answer.message_end = nowhere;
  if (alive_at_ != nowhere) answer.right_at = answer.message_end = alive_at_;
  if (is_short_lived_) {
    // The verdict comes with the end of the answer, and is unhealthy.
    answer.wrong_from = std::min({answer.wrong_from, established_at_, alive_at_});
    answer.wrong_at = std::min(answer.wrong_at, std::exchange(answer.right_at, nowhere));
    answer.lasts_until_end = false;
  }
  if (answer.wrong_at >= wrong_from_) answer.wrong_at = nowhere;
  if (answer.right_at < wrong_from_) return;
  answer.right_at = nowhere;
  answer.wrong_from = std::min(answer.wrong_from, wrong_from_);
  answer.wrong_at = std::min(answer.wrong_at, wrong_at_);
}

}  // namespace simulation
