#include "simulation/healthcheck/request.hpp"

#include "simulation/healthcheck/answer.hpp"

namespace simulation {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv;
constexpr std::size_t frame_header = 9;

std::size_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

// The call ends with the frame that ends its stream.
std::size_t end_of_call(std::string_view sent) {
  std::size_t at = preface.size();
  while (at + frame_header <= sent.size()) {
    std::size_t size = byte_at(sent, at) << 16 | byte_at(sent, at + 1) << 8 | byte_at(sent, at + 2);
    bool is_last = byte_at(sent, at + 3) == 0 && (byte_at(sent, at + 4) & 1) != 0;
    at += frame_header + size;
    if (is_last) return at <= sent.size() ? at : nowhere;
  }
  return nowhere;
}

std::string first_line(const Settings& settings, const Target& target) {
  std::string_view path = target.text;
  path.remove_prefix(path.find("://") + 3);
  std::size_t start = path.find_first_of("/?");
  path.remove_prefix(start == std::string_view::npos ? path.size() : start);
  std::string encoded{path};
  if (encoded.ends_with("\xc3\xbc")) encoded.replace(encoded.size() - 2, 2, "%C3%BC");
  return std::string{settings.method} + (encoded.starts_with('/') ? " " : " /") + encoded + " HTTP/1.1\r\n";
}

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

const char* fault_of_http(const Settings& settings, const Target& target, std::string_view request) {
  if (!request.starts_with(first_line(settings, target))) return "a wrong request line";
  if (count(request, "\r\nHost: ") != 1 || count(request, "\r\nConnection: close\r\n") != 1)
    return "a request without Host or Connection";
  bool sends_user = settings.has_user && !settings.has_own_authorization;
  if (count(request, "\r\nAuthorization: Basic cHJvYmU6aHVudGVyMg==\r\n") != sends_user)
    return "a wrong Authorization";
  if (count(request, "\r\nAuthorization: ") != (settings.has_user || settings.has_own_authorization))
    return "not one Authorization";
  if (count(request, "\r\nAccept:") != !settings.removes_accept) return "a wrong Accept";
  if (count(request, "\r\nX-Trace: s3cr3t\r\n") != settings.has_metadata) return "a header was left out";
  if (count(request, "\r\nHost: shop.example\r\n") != settings.has_host_header) return "a wrong Host";
  if (count(request, "\r\nUser-Agent: prober\r\n") != settings.has_user_agent) return "a wrong User-Agent";
  if (count(request, "\r\nX-Token: s3cr3t\r\n") != settings.has_header) return "a header was left out";
  return nullptr;
}

const char* fault_of_call(const Settings& settings, const Target& target, std::string_view call) {
  if (!call.starts_with(preface)) return "no preface of HTTP/2";
  if (count(call, "/grpc.health.v1.Health/Check") != 1) return "a wrong method of gRPC";
  bool names_service = target.text.ends_with("/my.Service");
  if (call.ends_with("\x0a\x0amy.Service") != names_service) return "a wrong service of gRPC";
  // HPACK's literals: the length, the text.
  if (count(call, "\7x-trace\6s3cr3t") != settings.has_metadata) return "metadata was left out";
  if (count(call, "\x0cshop.example") != settings.has_host_header) return "a wrong authority";
  if (count(call, "\6prober") != settings.has_user_agent) return "a wrong user-agent of gRPC";
  return nullptr;
}

}  // namespace

std::size_t end_of_request(const Settings& settings, const Target& target, std::string_view sent) {
  if (target.scheme == Scheme::Grpc) return end_of_call(sent);
  if (target.scheme != Scheme::Http)
    return sent.size() >= settings.send.size() ? settings.send.size() : nowhere;
  std::size_t end = sent.find("\r\n\r\n");
  return end == std::string_view::npos ? nowhere : end + 4;
}

const char* fault_of_request(const Settings& settings, const Target& target, std::string_view request) {
  if (target.scheme == Scheme::Grpc) return fault_of_call(settings, target, request);
  if (target.scheme == Scheme::Http) return fault_of_http(settings, target, request);
  return request == settings.send ? nullptr : "another text than --send was sent";
}

}  // namespace simulation
