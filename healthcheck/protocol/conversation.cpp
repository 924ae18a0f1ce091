#include "healthcheck/protocol/conversation.hpp"

#include "healthcheck/protocol/grpc/grpc_request.hpp"
#include "healthcheck/protocol/http/http_request.hpp"
#include "healthcheck/protocol/http/status_list.hpp"

namespace healthcheck {
namespace {

std::string_view first_of(const BodyTexts& texts) {
  return texts.empty() ? std::string_view{} : texts.all().front().text;
}

}  // namespace

using base::MessageBuilder;

Conversation::Conversation(const Plan& plan, const Target& target)
    : plan_(plan),
      target_(target),
      scheme_(target.scheme),
      http_(plan.method == "HEAD" ? HttpReader::Body::Absent : HttpReader::Body::Expected,
            first_of(plan.body_texts)),
      expected_(plan.expect) {}

void Conversation::add_request(base::Arena& request) const {
  if (is_http()) return add_http_request(request, plan_, target_);
  if (!is_grpc()) return request.add(plan_.send);
  std::string_view service = target_.path;
  if (service.starts_with('/')) service.remove_prefix(1);
  add_grpc_request(request, target_.authority, service, plan_.user_agent);
}

void Conversation::feed(std::string_view bytes, base::Arena& replies) {
  if (is_http()) return http_.feed(bytes);
  if (is_grpc()) return grpc_.feed(bytes, replies);
  for (char c : bytes) expected_.feed(c);
}

void Conversation::end() {
  has_ended_ = true;
  if (is_http()) http_.end();
  if (is_grpc()) grpc_.end();
}

bool Conversation::is_decided() const {
  if (is_over()) return true;
  if (!http_.has_headers()) return false;
  return !http_.is_searching() || !contains_status(plan_.statuses, http_.status());
}

bool Conversation::is_over() const {
  if (is_http()) return http_.is_over();
  if (is_grpc()) return grpc_.is_over();
  return has_ended_ || expected_.found();
}

std::string_view Conversation::awaited() const {
  if (is_grpc()) return "waiting for the answer";
  if (!is_http()) return "waiting for the expected text";
  return http_.has_headers() ? "waiting for the body" : "waiting for headers";
}

Health Conversation::add_verdict(MessageBuilder& line) const {
  if (is_http()) return add_http_verdict(line);
  if (is_grpc()) {
    grpc_.add_verdict(line);
    return grpc_.is_serving() ? Health::Healthy : Health::Unhealthy;
  }
  if (!expected_.found()) {
    line.add("closed before the expected text came");
    return Health::Unhealthy;
  }
  line.add(plan_.expect.empty() ? "connected" : "the expected text came");
  return Health::Healthy;
}

Health Conversation::add_http_verdict(MessageBuilder& line) const {
  if (base::Problem problem = http_.problem()) {
    line.add(problem);
    return Health::Unhealthy;
  }
  line.add(http_.status());
  if (!http_.reason().empty()) line.add(" ").add_escaped(http_.reason());
  if (http_.status() == 101 || !contains_status(plan_.statuses, http_.status())) return Health::Unhealthy;
  if (http_.found()) return Health::Healthy;
  line.add(", but the body lacks the text of --body");
  return Health::Unhealthy;
}

}  // namespace healthcheck
