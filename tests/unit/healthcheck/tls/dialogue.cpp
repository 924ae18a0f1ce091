#include "dialogue.hpp"

#include <random>

namespace tls_test {

using healthcheck::Health;

Probe::Probe(std::string target, const healthcheck::Plan& plan) : text_(std::move(target)), plan_(plan) {
  if (healthcheck::parse_target(text_, target_) != nullptr) throw std::invalid_argument{text_};
  target_.text = text_;
  conversation_ = std::make_unique<healthcheck::SecureConversation>(plan_, target_);
  std::mt19937 random{1};
  auto& randomness = conversation_->randomness();
  for (auto* bytes = reinterpret_cast<std::uint8_t*>(&randomness);
       bytes != reinterpret_cast<std::uint8_t*>(&randomness + 1); ++bytes)
    *bytes = static_cast<std::uint8_t>(random());
  conversation_->set_time(::time(nullptr));
}

std::string Probe::start() {
  base::Arena::Scope scope{*arena_};
  conversation_->add_request(*arena_);
  return std::string{scope.text()};
}

std::string Probe::feed(std::string_view bytes) {
  base::Arena::Scope scope{*arena_};
  conversation_->feed(bytes, *arena_);
  return std::string{scope.text()};
}

std::string Probe::farewell() {
  base::Arena::Scope scope{*arena_};
  conversation_->add_farewell(*arena_);
  return std::string{scope.text()};
}

Outcome Probe::outcome() const {
  base::MessageBuilder line;
  Health health = conversation_->add_verdict(line);
  return {health, std::string{line.text()}};
}

Outcome run(Probe& probe, MemoryServer& server, const Deliver& deliver) {
  std::string to_server = probe.start();
  while (!probe.is_decided()) {
    const std::string piece = server.answer(to_server);
    if (piece.empty()) {
      probe.end();
      break;
    }
    to_server = deliver ? deliver(probe, piece) : probe.feed(piece);
  }
  const Outcome outcome = probe.outcome();
  server.answer(to_server + probe.farewell());
  return outcome;
}

std::vector<std::string> record(const std::string& target, const ServerSettings& settings) {
  Probe probe{target};
  MemoryServer server{settings};
  std::vector<std::string> pieces;
  run(probe, server, [&](Probe& fed, const std::string& piece) {
    pieces.push_back(piece);
    return fed.feed(piece);
  });
  return pieces;
}

Outcome replay(const std::string& target, const std::vector<std::string>& pieces) {
  Probe probe{target};
  probe.start();
  for (const std::string& piece : pieces)
    if (!probe.is_decided()) probe.feed(piece);
  if (!probe.is_decided()) probe.end();
  return probe.outcome();
}

}  // namespace tls_test
