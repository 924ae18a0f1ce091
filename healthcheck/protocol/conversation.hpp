// Composes the request to a server and judges its answer. Pure: probe.cpp sends and receives the bytes.
#pragma once

#include "base/message_builder.hpp"
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

  // Adds the bytes to send first.
  void add_request(base::Arena& request) const;

  // Adds the replies that have to be sent at once.
  void feed(std::string_view bytes, base::Arena& replies);
  // Call this when the server has closed the connection, or reset it.
  void end(HttpReader::End end);

  // Returns whether the verdict is known. Nothing that comes later makes an unhealthy server healthy.
  bool is_decided() const;
  // Returns whether the server's whole answer has arrived.
  bool is_over() const;
  // Returns whether the connection can be closed without a reset. Only HTTP marks the end of an answer.
  bool needs_no_more() const { return is_http() ? http_.is_over() : has_ended_; }
  // Names the answer that is awaited, for the message.
  const char* awaited() const;
  // Returns whether an answer has come, which may be incomplete or wrong.
  bool has_answer() const;
  // Returns whether the answer may be an echo of the request, which is never a valid answer in HTTP or gRPC.
  bool may_be_echo() const;
  // Returns whether the answer depends on the replies. In plain HTTP and gRPC, what has come decides without
  // them.
  static constexpr bool needs_replies() { return false; }
  // Adds the description of an answer that is wrong, or not yet complete.
  void add_incomplete_answer(base::MessageBuilder& line) const;

  // Returns the verdict, and adds its description.
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
  TextSearch expected_;
  HttpReader http_;
  GrpcReader grpc_;
};

}  // namespace healthcheck
