// Composes the request to a server and judges its answer. It reads and writes nothing: see probe.cpp.
#pragma once

#include "healthcheck/protocol/grpc/grpc_reader.hpp"
#include "healthcheck/protocol/http/http_reader.hpp"
#include "healthcheck/protocol/search/text_search.hpp"
#include "healthcheck/protocol/verdict.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

class Conversation {
 public:
  Conversation(const Plan& plan, const Target& target);

  // Adds what is sent first.
  void add_request(base::Arena& request) const;

  // Adds what has to be answered at once.
  void feed(std::string_view bytes, base::Arena& replies);
  // The server has closed the connection, or reset it.
  void end(HttpReader::End end);

  // Returns whether the verdict is known; nothing that comes later makes a sick server healthy.
  bool is_decided() const;
  // Returns whether the server's whole answer has arrived.
  bool is_over() const;
  // Returns whether the connection can be closed without a reset. Only HTTP says where an answer ends.
  bool needs_no_more() const { return is_http() ? http_.is_over() : has_ended_; }
  // Names the answer that is awaited, for the message.
  std::string_view awaited() const;
  // Returns whether an answer has come, but perhaps not all of it, or another one.
  bool has_answer() const;
  // Returns whether the answer may be what was sent: the request is no right answer of HTTP or gRPC.
  bool may_be_echo() const;
  // The words for an answer that is not, or not yet, the right one.
  void add_incomplete_answer(base::MessageBuilder& line) const;

  // The verdict, and the words for it.
  [[gnu::noinline]] Health add_verdict(base::MessageBuilder& line) const;

 private:
  Health add_http_verdict(base::MessageBuilder& line) const;
  void add_status(base::MessageBuilder& line) const;
  bool is_http() const { return scheme_ == Scheme::Http; }
  bool is_grpc() const { return scheme_ == Scheme::Grpc; }

  const Plan& plan_;
  const Target& target_;
  Scheme scheme_;
  bool has_ended_ = false, has_answer_ = false;
  HttpReader http_;
  GrpcReader grpc_;
  TextSearch expected_;
};

}  // namespace healthcheck
