#include "healthcheck/protocol/grpc/grpc_request.hpp"

#include "base/text.hpp"
#include "healthcheck/target/header_list.hpp"
#include "healthcheck/target/reach.hpp"

namespace healthcheck {
namespace {

using namespace std::string_view_literals;
using std::string_view;

// Adds a number with seven bits in each byte, lowest bits first: the numbers of protobuf, and the
// continuation of HPACK's.
void add_varint(base::Arena& buffer, std::size_t number) {
  for (; number >= 128; number >>= 7) buffer.add(static_cast<char>(number | 128));
  buffer.add(static_cast<char>(number));
}

// A string literal of HPACK, not Huffman-coded (RFC 7541 §5.2).
void add_string(base::Arena& buffer, string_view text) {
  constexpr std::size_t prefix = 127;
  if (text.size() < prefix) {
    buffer.add(static_cast<char>(text.size()));
  } else {
    buffer.add(static_cast<char>(prefix));
    add_varint(buffer, text.size() - prefix);
  }
  buffer.add(text);
}

// :method POST, :scheme, :path, and the name of :authority.
#define FIRST_FIELDS(scheme) "\x83" scheme "\4\x1c/grpc.health.v1.Health/Check\1"sv

// Returns whether the header is one that add_grpc_request() writes by itself, or that HTTP/2 does not have
// (RFC 9113 §8.2.2): with it, the request would be malformed.
bool is_reserved(string_view name) {
  string_view reserved =
      "host content-type te connection keep-alive proxy-connection transfer-encoding upgrade content-length";
  while (!reserved.empty())
    if (base::equal_ignoring_case(base::take_until(reserved, ' '), name)) return true;
  return false;
}

// A header without indexing, with a literal name (RFC 7541 §6.2.2). HTTP/2 has names in lower case.
void add_metadata(base::Arena& buffer, string_view name, string_view value) {
  buffer.add('\0');
  std::size_t start = buffer.size();
  add_string(buffer, name);
  for (char& c : buffer.mutable_since(start))
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  add_string(buffer, value);
}

// The length does not cover the header's other six bytes.
void finish_frame(base::Arena& buffer, std::size_t start) {
  buffer.fill_in_length(start + 1, http2::frame_header_size - 3);
}

// The DATA frame of a HealthCheckRequest.
void add_message(base::Arena& request, string_view service) {
  if (service.starts_with('/')) service.remove_prefix(1);
  std::size_t start = request.size();
  add_frame_header(request, {0, http2::Type::Data, http2::EndStream, 1});
  std::size_t message = request.size();
  // Not compressed; and the message's length.
  request.add("\0\0\0\0\0"sv);
  if (!service.empty()) {
    request.add('\x0a');
    add_varint(request, service.size());
    request.add(service);
  }
  request.fill_in_length(message + 3, 0);
  finish_frame(request, start);
}

}  // namespace

void add_frame_header(base::Arena& buffer, FrameHeader header) {
  auto type = static_cast<char>(header.type);
  const char bytes[http2::frame_header_size] = {0, 0, header.length, type, header.flags, 0,
                                                0, 0, header.stream};
  buffer.add({bytes, sizeof bytes});
}

// Announce a header table of size 0: the server then uses only the static table and literals, and none of its
// headers have to be remembered (RFC 7541 §4.2).
void add_grpc_request(base::Arena& request, const Plan& plan, const Target& target) {
  request.add(
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      "\0\0\x0c\4\0\0\0\0\0"  // SETTINGS
      "\0\1\0\0\0\0"          // HEADER_TABLE_SIZE 0
      "\0\2\0\0\0\0"sv);      // ENABLE_PUSH 0
  std::size_t start = request.size();
  add_frame_header(request, {0, http2::Type::Headers, http2::EndHeaders, 1});
  const bool is_secure = speaks_tls && target.transport == Transport::Tls;
  request.add(is_secure ? FIRST_FIELDS("\x87") : FIRST_FIELDS("\x86"));  // https, http
  string_view headers = plan.headers, authority = target.authority, user_agent = plan.user_agent;
  find_header(headers, "host", authority);
  add_string(request, authority);
  request.add(
      "\x0f\x10\x10"
      "application/grpc"       // content-type
      "\0\2te\10trailers"sv);  // servers of some languages insist
  if (!find_header(headers, "user-agent", user_agent)) {
    request.add("\x0f\x2b"sv);
    add_string(request, user_agent);
  }
  while (!headers.empty()) {
    string_view value;
    string_view name = take_header(headers, value);
    if (!value.empty() && !is_reserved(name)) add_metadata(request, name, value);
  }
  finish_frame(request, start);
  add_message(request, target.path);
}

}  // namespace healthcheck
