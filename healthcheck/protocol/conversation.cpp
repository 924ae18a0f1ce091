#include "healthcheck/protocol/conversation.hpp"

#include "healthcheck/protocol/grpc/grpc_request.hpp"
#include "healthcheck/protocol/http/http_request.hpp"
#include "healthcheck/protocol/http/status_list.hpp"

namespace healthcheck {
using base::MessageBuilder;

[[gnu::noinline]] Conversation::Conversation(const Plan& plan, const Target& target)
    : plan_(plan),
      target_(target),
      scheme_(target.scheme),
      expected_(plan.expect),
      http_(plan.method == "HEAD" ? HttpReader::Body::Absent : HttpReader::Body::Expected, plan.body_texts) {}

void Conversation::add_request(base::Arena& request) const {
  if (is_http()) return add_http_request(request, plan_, target_);
  if (!is_grpc()) return request.add(plan_.send);
  add_grpc_request(request, plan_, target_);
}

void Conversation::feed(std::string_view bytes, base::Arena& replies) {
  if (is_http()) return http_.feed(bytes);
  if (is_grpc()) return grpc_.feed(bytes, replies);
  has_answer_ |= !bytes.empty();
  // Each datagram is an answer of its own.
  if (scheme_ == Scheme::Udp && !expected_.found()) expected_ = TextSearch{plan_.expect};
  for (char c : bytes) expected_.feed(c);
}

void Conversation::end(HttpReader::End end) {
  has_ended_ = true;
  if (is_http()) http_.end(end);
  if (is_grpc()) grpc_.end();
}

[[gnu::noinline]] bool Conversation::is_decided() const {
  if (is_over()) return true;
  if (!is_http() || !http_.has_headers()) return false;
  bool may_be_healthy =
      contains_status(plan_.statuses, http_.status()) && !http_.search().has_forbidden_text();
  return !may_be_healthy || !(http_.is_searching() || http_.awaits_end());
}

bool Conversation::is_over() const {
  if (is_http()) return http_.is_over();
  if (is_grpc()) return grpc_.is_over();
  return has_ended_ || expected_.found();
}

bool Conversation::has_answer() const { return is_http() ? http_.has_headers() : has_answer_; }

bool Conversation::may_be_echo() const {
  if (is_http()) return http_.problem() != nullptr;
  if (is_grpc()) return !grpc_.is_serving();
  return scheme_ != Scheme::Unix;
}

const char* Conversation::awaited() const {
  return is_http()   ? "waiting for headers"
         : is_grpc() ? "waiting for the answer"
                     : "waiting for the expected text";
}

void Conversation::add_incomplete_answer(MessageBuilder& line) const {
  if (!is_http()) {
    line.add("an answer came, but not the expected text");
    return;
  }
  add_status(line);
  line.add(http_.search().has_required_texts() ? ", but the body did not end"
                                               : ", without the text of --body");
}

Health Conversation::add_verdict(MessageBuilder& line) const {
  if (is_http()) return add_http_verdict(line);
  if (is_grpc()) {
    grpc_.add_verdict(line);
    return grpc_.is_serving() ? Health::Healthy : Health::Unhealthy;
  }
  if (!expected_.found()) {
    if (has_answer_)
      add_incomplete_answer(line);
    else
      line.add("closed before the expected text came");
    return Health::Unhealthy;
  }
  line.add(!plan_.expect.empty()    ? "the expected text came"
           : scheme_ == Scheme::Udp ? "not refused"
                                    : "connected");
  return Health::Healthy;
}

void Conversation::add_status(MessageBuilder& line) const {
  line.add(http_.status());
  if (!http_.reason().empty()) line.add(" ").add_escaped(http_.reason());
}

Health Conversation::add_http_verdict(MessageBuilder& line) const {
  bool is_wanted = http_.status() != 101 && contains_status(plan_.statuses, http_.status());
  base::Problem problem = http_.problem();
  if (problem != nullptr && (is_wanted || !http_.has_headers())) {
    line.add(problem);
    return Health::Unhealthy;
  }
  add_status(line);
  if (!is_wanted) return Health::Unhealthy;
  const BodySearch& search = http_.search();
  if (search.has_required_texts() && !search.has_forbidden_text()) return Health::Healthy;
  line.add(search.has_forbidden_text() ? ", with the text of --no-body" : ", without the text of --body");
  return Health::Unhealthy;
}

}  // namespace healthcheck
