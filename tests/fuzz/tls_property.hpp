// A TLS client of fixed randomness, and everything that it tells about a server's bytes.
#pragma once

#include "healthcheck/protocol/tls/client.hpp"
#include "property.hpp"

namespace fuzz {

namespace tls = healthcheck::tls;

using tls::as_bytes;
using tls::as_text;

class Reading {
 public:
  Reading() {
    base::Arena out;
    client_.start(out);
    hello_ = out.since(0);
  }

  void feed(std::string_view piece) {
    while (!piece.empty()) {
      base::Arena out;
      bool was_over = client_.is_over();
      std::size_t taken = client_.feed(as_bytes(piece), out);
      if (taken == 0 && !client_.is_over()) violation_ = "takes no byte and is not over";
      if (out.overflowed()) violation_ = "more to answer than an arena holds";
      if (was_over && out.size() != 0) violation_ = "answers after its end";
      replies_ += out.since(0);
      data_ += as_text(client_.application_data());
      if (taken == 0) break;
      piece.remove_prefix(taken);
    }
  }

  // The record of the ClientHello.
  const std::string& hello() const { return hello_; }
  const std::string& violation() const { return violation_; }
  const std::string& data() const { return data_; }
  bool is_established() const { return client_.is_established(); }

  // Every result of the client, after the end of the connection.
  std::string told() {
    std::string state = client_.is_over() ? "over, " : "open, ";
    client_.end();
    base::MessageBuilder line;
    client_.add_problem(line);
    state += client_.has_failed() ? "failed, " : "not failed, ";
    state += client_.is_established() ? "established, " : "not established, ";
    state += client_.is_certificate_missing() ? "certificate missing, " : "";
    state += "not after " + std::to_string(client_.not_after().value_or(0)) + ", ";
    return state + std::string{line.text()} + ", " + std::to_string(replies_.size()) + " bytes of reply, " +
           data_ + ", " + replies_;
  }

 private:
  tls::Offer offer_{"service.example", "h2"};
  tls::Randomness randomness_{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  tls::Client client_{offer_, randomness_};
  std::string hello_, replies_, data_, violation_;
};

}  // namespace fuzz
