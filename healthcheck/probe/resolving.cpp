// The part of the probe that only healthcheck-remote has.
#include "base/c_string.hpp"
#include "base/text.hpp"
#include "healthcheck/probe/probe.hpp"
#include "sys/resolver.hpp"

namespace healthcheck {

bool Prober::open_name(Connection& connection, const Target& target, std::string_view request) {
  confinement_.begin();
  sys::Addresses addresses;
  {
    base::Arena::Scope scope{arena_};
    std::string_view authority = target.authority;
    const char* name = add_c_string(arena_, {}, base::take_until(authority, ':'), {});
    sys::Resolution resolution = name == nullptr
                                     ? sys::Resolution::NoSuchName
                                     : sys::resolve(name, deadline_.end - clock_.now(), addresses);
    clock_.now();
    if (resolution == sys::Resolution::NoTime) {
      add_error(out_of_time, "resolving");
      return false;
    }
    if (resolution != sys::Resolution::Found) {
      message_.add(resolution == sys::Resolution::NoSuchName ? "no such name" : "no name server answers");
      return false;
    }
  }
  base::Status opened = base::Error{EADDRNOTAVAIL};
  for (std::size_t i = 0; i < addresses.count; ++i) {
    opened = connection.open(Address{addresses.each[i]}, target.port, request);
    if (opened) return true;
    if (opened.error().code == out_of_time.code) break;
  }
  add_error(opened.error(), "connecting");
  if (addresses.count > 1)
    message_.add(" (").add(static_cast<std::int64_t>(addresses.count)).add(" addresses)");
  return false;
}

}  // namespace healthcheck
