// Connects to a host that has its addresses in /etc/hosts. healthcheck-remote asks the resolver instead
// (resolving.cpp).
#include <errno.h>

#include "healthcheck/probe/probe.hpp"
#include "healthcheck/target/hosts.hpp"

namespace healthcheck {

// A service may listen on one of the addresses only.
bool Prober::open_name(Connection& connection, const Target& target, std::string_view request,
                       base::MessageBuilder& message) {
  HostAddresses addresses{plan_.hosts, target.name};
  base::Status opened = base::Error{EADDRNOTAVAIL};
  std::int64_t count = 0;
  for (Address address; addresses.next(address); ++count) {
    opened = connection.open(address, target.port, request);
    if (opened) return true;
    if (opened.error().code == out_of_time.code) break;
  }
  add_error(message, opened.error(), "connecting");
  if (count > 1) message.add(" (").add(count).add(" addresses)");
  return false;
}

}  // namespace healthcheck
