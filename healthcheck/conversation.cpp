#include "healthcheck/conversation.hpp"

#include "healthcheck/http_request.hpp"
#include "healthcheck/status_list.hpp"

namespace healthcheck {

using common::Line;

Conversation::Conversation(const Config& config, const Target& target)
    : config_(config),
      target_(target),
      http_(config.method == "HEAD" ? HttpReader::Body::Absent : HttpReader::Body::Expected, config.body),
      expected_(config.expect) {}

void Conversation::add_request(Buffer& request) const {
  if (is_http())
    add_http_request(request, config_, target_);
  else
    request.add(config_.send);
}

void Conversation::feed(std::string_view bytes) {
  if (is_http()) return http_.feed(bytes);
  for (char c : bytes) expected_.feed(c);
}

void Conversation::end() {
  has_ended_ = true;
  if (is_http()) http_.end();
}

bool Conversation::is_decided() const {
  if (is_over()) return true;
  if (!http_.has_headers()) return false;
  return !http_.is_searching() || !contains_status(config_.statuses, http_.status());
}

bool Conversation::is_over() const { return is_http() ? http_.is_over() : has_ended_ || expected_.found(); }

std::string_view Conversation::awaited() const {
  if (!is_http()) return "the expected text";
  return http_.has_headers() ? "the body" : "headers";
}

Health Conversation::add_verdict(Line& line) const {
  if (is_http()) return add_http_verdict(line);
  if (!expected_.found()) {
    line.add("closed before the expected text came");
    return Health::Unhealthy;
  }
  line.add(config_.expect.empty() ? "connected" : "the expected text came");
  return Health::Healthy;
}

Health Conversation::add_http_verdict(Line& line) const {
  if (common::Problem problem = http_.problem()) {
    line.add(problem);
    return Health::Unhealthy;
  }
  line.add(http_.status());
  if (!http_.reason().empty()) line.add(" ").add_escaped(http_.reason());
  if (http_.status() == 101 || !contains_status(config_.statuses, http_.status())) return Health::Unhealthy;
  if (http_.found()) return Health::Healthy;
  line.add(", but the body lacks the text of --body");
  return Health::Unhealthy;
}

}  // namespace healthcheck
