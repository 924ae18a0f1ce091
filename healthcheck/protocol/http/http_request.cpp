#include "healthcheck/protocol/http/http_request.hpp"

#include "healthcheck/target/header_list.hpp"

namespace healthcheck {
namespace {

using std::string_view;

void add_line(base::Arena& request, string_view name, string_view value) {
  request.add(name);
  request.add(": ");
  request.add(value);
  request.add("\r\n");
}

bool names(string_view headers, string_view name) {
  string_view value;
  return find_header(headers, name, value);
}

void add_default(base::Arena& request, const Plan& plan, string_view name, string_view value) {
  if (!names(plan.headers, name)) add_line(request, name, value);
}

// Percent-encodes the bytes that a request line cannot hold (RFC 3986 §2.1): blanks, control characters, and
// the letters of other languages, which Tomcat answers with 400.
void add_path(base::Arena& request, string_view path) {
  for (char c : path) {
    if (c > ' ' && c < 0x7f) {
      request.add(c);
      continue;
    }
    constexpr string_view digits = "0123456789ABCDEF";
    auto byte = static_cast<unsigned char>(c);
    request.add('%');
    request.add(digits[byte >> 4]);
    request.add(digits[byte & 15]);
  }
}

}  // namespace

void add_base64(base::Arena& buffer, string_view text) {
  constexpr string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < text.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t j = i; j < i + 3; ++j)
      bits = bits << 8 | (j < text.size() ? static_cast<unsigned char>(text[j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      buffer.add(i + j > text.size() ? '=' : digits[bits >> (18 - 6 * j) & 63]);
  }
}

void add_http_request(base::Arena& request, const Plan& plan, const Target& target) {
  request.add(plan.method);
  request.add(' ');
  if (!target.path.starts_with('/')) request.add('/');
  add_path(request, target.path);
  request.add(" HTTP/1.1\r\n");
  add_default(request, plan, "Host", target.authority);
  add_default(request, plan, "User-Agent", plan.user_agent);
  add_default(request, plan, "Accept", "*/*");
  add_default(request, plan, "Connection", "close");
  if (plan.method == "POST") add_default(request, plan, "Content-Length", "0");
  if (!plan.user.empty() && !names(plan.headers, "Authorization")) {
    request.add("Authorization: Basic ");
    add_base64(request, plan.user);
    request.add("\r\n");
  }
  for (string_view headers = plan.headers; !headers.empty();)
    if (string_view value, name = take_header(headers, value); !value.empty()) add_line(request, name, value);
  request.add("\r\n");
}

}  // namespace healthcheck
