// A probe's conversation with a server in memory.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "healthcheck/protocol/secure_conversation.hpp"
#include "healthcheck/target/target.hpp"
#include "memory_server.hpp"

namespace tls_test {

// The verdict of a conversation, and the message about it.
struct Outcome {
  healthcheck::Health health;
  std::string line;

  bool is_healthy() const { return health == healthcheck::Health::Healthy; }
};

// The probe of one target: bytes in, bytes out. Its random bytes are always the same, so that the bytes of a
// server can be recorded and replayed.
class Probe {
 public:
  explicit Probe(std::string target, const healthcheck::Plan& plan = {});

  std::string start();
  std::string feed(std::string_view bytes);
  using End = healthcheck::HttpReader::End;
  void end(End end = End::Orderly) { conversation_->end(end); }
  std::string farewell();
  bool is_decided() const { return conversation_->is_decided(); }
  Outcome outcome() const;

 private:
  std::string text_;
  healthcheck::Plan plan_;
  healthcheck::Target target_;
  std::unique_ptr<base::Arena> arena_ = std::make_unique<base::Arena>();
  std::unique_ptr<healthcheck::SecureConversation> conversation_;
};

// Runs the probe to its verdict. Each piece that a server sends goes through `deliver`, which feeds it; by
// default, as a whole.
using Deliver = std::function<std::string(Probe&, const std::string&)>;
Outcome run(Probe& probe, MemoryServer& server, const Deliver& deliver = nullptr);

// All that the server sent to such a probe, piece by piece.
std::vector<std::string> record(const std::string& target, const ServerSettings& settings);
// Feeds the pieces to a new probe. The connection ends after the last.
Outcome replay(const std::string& target, const std::vector<std::string>& pieces);

}  // namespace tls_test
