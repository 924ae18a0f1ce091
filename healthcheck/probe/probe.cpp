#include "healthcheck/probe/probe.hpp"

#include <algorithm>
#include <array>

#include "healthcheck/probe/connection.hpp"
#include "healthcheck/probe/file_probe.hpp"

namespace healthcheck {
namespace {

using base::MessageBuilder;

constexpr std::size_t max_discarded = 65'536;

std::array<char, 4096> received;

// So that a FIN is what ends the connection, not a reset: reads what the server has still to say, for a
// moment. What shows then that the response was cut short counts.
void take_leave(const Connection& connection, Conversation& conversation, const Deadline& deadline) {
  Deadline moment{std::min(deadline.left(), base::milliseconds(50))};
  std::size_t rest = max_discarded;
  while (!conversation.is_over()) {
    std::string_view bytes;
    if (rest == 0 || connection.receive(received, moment, bytes) != 0) return;
    if (bytes.empty()) return conversation.end();
    rest -= std::min(rest, bytes.size());
    conversation.feed(bytes, texts);
  }
}

}  // namespace

Health probe(const Config& config, const Target& target, Deadline& deadline, MessageBuilder& line) {
  if (target.scheme == Scheme::File) return probe_file(config, target, line);
  if (target.scheme == Scheme::Pid) return probe_process(target, line);
  base::Duration left = deadline.left();
  Conversation conversation{config, target};
  std::size_t start = texts.size();
  conversation.add_request(texts);
  std::string_view request = texts.from(start);
  bool fits = !texts.overflowed();
  texts.cut_back_to(start);
  if (!fits) {
    line.add("request too long");
    return Health::Unhealthy;
  }

  Connection connection{deadline};
  std::string_view path = target.scheme == Scheme::Unix  ? target.path
                          : target.scheme == Scheme::Tcp ? std::string_view{}
                                                         : config.unix_socket;
  if (!connection.open(target, path, request, line)) return Health::Unhealthy;
  while (!conversation.is_decided()) {
    std::string_view bytes;
    if (Code code = connection.receive(received, deadline, bytes); code != 0) {
      add_code(line, code, deadline, conversation.awaited());
      return Health::Unhealthy;
    }
    if (bytes.empty()) conversation.end();
    conversation.feed(bytes, texts);
    // Where it cannot be sent, the answer is what decides.
    static_cast<void>(connection.send(texts.from(start)));
    texts.cut_back_to(start);
  }
  take_leave(connection, conversation, deadline);
  Health health = conversation.add_verdict(line);
  line.add(" (").add((left.nanoseconds - deadline.left().nanoseconds) / 1'000'000).add(" ms)");
  return health;
}

}  // namespace healthcheck
