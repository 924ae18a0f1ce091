#include "healthcheck/protocol/http/http_request.hpp"

#include "base/text.hpp"

namespace healthcheck {
namespace {

using std::string_view;

// Adds "NAME: VALUE", unless the user's headers contain that name. `name` ends in ": ".
void add_default(base::Arena& request, string_view headers, string_view name, string_view value) {
  string_view rest = headers;
  // Compare up to the colon, and include it.
  string_view start{name.data(), name.size() - 1};
  while (!rest.empty()) {
    string_view line = base::take_until(rest, '\n');
    if (base::take_prefix_ignoring_case(line, start)) return;
  }
  request.add(name);
  request.add(value);
  request.add("\r\n");
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
  request.add(" ");
  if (!target.path.starts_with('/')) request.add("/");
  request.add(target.path);
  request.add(" HTTP/1.1\r\n");
  string_view headers = plan.headers;
  add_default(request, headers, "Host: ", target.authority);
  add_default(request, headers, "User-Agent: ", plan.user_agent);
  add_default(request, headers, "Accept: ", "*/*");
  add_default(request, headers, "Connection: ", "close");
  if (plan.method == "POST") add_default(request, headers, "Content-Length: ", "0");
  if (!plan.user.empty()) {
    request.add("Authorization: Basic ");
    add_base64(request, plan.user);
    request.add("\r\n");
  }
  request.add(headers);
  request.add("\r\n");
}

}  // namespace healthcheck
