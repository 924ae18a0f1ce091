// What healthcheck-remote has beyond healthcheck.
#include "base/text.hpp"
#include "healthcheck/probe/connection.hpp"
#include "sys/resolver.hpp"

namespace healthcheck {
namespace {

using base::MessageBuilder;

// The host as a C string, in the buffer.
const char* name_of(const Target& target) {
  std::size_t start = texts.size();
  std::string_view authority = target.authority;
  texts.add(base::take_until(authority, ':'));
  texts.add('\0');
  const char* name = texts.from(start).data();
  texts.cut_back_to(start);
  return name;
}

const char* words_for(sys::Resolution resolution) {
  return resolution == sys::Resolution::NoSuchName ? "no such name" : "no name server answers";
}

}  // namespace

bool Connection::open_name(const Target& target, std::string_view request, MessageBuilder& line) {
  // Behind the request, which is sent after this.
  texts.cut_back_to(texts.size() + request.size());
  sys::Addresses addresses;
  base::Duration left = deadline_.left();
  sys::Resolution resolution = sys::resolve(name_of(target), left, addresses);
  texts.cut_back_to(texts.size() - request.size());
  deadline_.set_left(left);
  if (resolution == sys::Resolution::NoTime) {
    add_code(line, no_time, deadline_, "resolving");
    return false;
  }
  if (resolution != sys::Resolution::Found) {
    line.add(words_for(resolution));
    return false;
  }
  Code code = 0;
  for (std::size_t i = 0; i < addresses.count; ++i) {
    code = open_at(Address{addresses.each[i]}, target.port, request);
    if (code == 0) return true;
    if (code == no_time) break;
  }
  add_code(line, code, deadline_, "connecting");
  if (addresses.count > 1) line.add(" (").add(static_cast<std::int64_t>(addresses.count)).add(" addresses)");
  return false;
}

}  // namespace healthcheck
