// The part of the probe that only healthcheck-tls has.
#include "healthcheck/probe/probe.hpp"
#include "sys/clock.hpp"
#include "sys/message.hpp"
#include "sys/random.hpp"

namespace healthcheck {

bool Prober::prepare(Exchange& exchange, base::MessageBuilder& message) {
  tls::Randomness& randomness = exchange.randomness();
  base::Status filled = sys::fill_random({reinterpret_cast<std::uint8_t*>(&randomness), sizeof randomness});
  if (!filled) {
    sys::add_probe_error_text(message.add("no random bytes: "), filled.error().code);
    return false;
  }
  if (!plan_.min_validity) return true;
  auto seconds = sys::seconds_since_1970();
  if (!seconds) {
    sys::add_probe_error_text(message.add("no time of day: "), seconds.error().code);
    return false;
  }
  exchange.set_time(*seconds);
  return true;
}

void Prober::say_farewell(Connection& connection, Exchange& exchange) {
  {
    base::Arena::Scope farewell{arena_};
    exchange.add_farewell(arena_);
    if (!connection.send(farewell.text())) return;
  }
  drain(connection, exchange, base::milliseconds(50));
}

}  // namespace healthcheck
