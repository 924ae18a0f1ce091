// Reads the answer to the one gRPC call, as HTTP/2 frames, byte by byte.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "base/message_builder.hpp"
#include "base/options.hpp"
#include "healthcheck/protocol/grpc/health_message.hpp"
#include "healthcheck/protocol/grpc/hpack.hpp"
#include "healthcheck/protocol/grpc/http2.hpp"

namespace healthcheck {

class GrpcReader {
 public:
  // Limits all frames together: an answer takes some hundred bytes.
  static constexpr std::uint32_t limit = 64 * 1024;

  // Adds the replies that have to be sent at once: acknowledgements of SETTINGS and PING.
  void feed(std::string_view bytes, base::Arena& replies);
  // The connection has ended.
  void end();

  bool is_over() const { return is_over_; }
  bool is_serving() const;
  // Adds the description of the verdict: "SERVING", or the problem.
  [[gnu::noinline]] void add_verdict(base::MessageBuilder& line) const;

 private:
  void take(char c, base::Arena& replies);
  // These are smaller apart than together, as in HttpReader.
  [[gnu::noinline]] void begin_frame(base::Arena& replies);
  [[gnu::noinline]] void take_payload(char c, base::Arena& replies);
  [[gnu::noinline]] bool is_valid_frame() const;
  void take_content(char c, base::Arena& replies);
  void finish_frame();
  void finish_headers();
  void fail(base::Problem problem);
  void fail_malformed();
  bool has(http2::Flag flag) const { return (static_cast<unsigned char>(header_[4]) & flag) != 0; }
  http2::Type type() const { return static_cast<http2::Type>(header_[3]); }

  base::Problem problem_ = nullptr;
  bool is_over_ = false, has_settings_ = false, has_headers_ = false, in_headers_ = false,
       ends_stream_ = false;
  bool pad_length_follows_ = false;
  std::uint32_t total_ = 0, rest_ = 0, pad_ = 0, skip_ = 0;
  std::uint32_t last_stream_ = 0;  // of GOAWAY
  std::uint32_t number_ = 0;       // the last 32 bits of a frame of numbers
  std::uint32_t at_ = 0;           // in the frame's content
  std::uint32_t error_ = 0;        // of GOAWAY or RST_STREAM
  std::size_t header_size_ = 0;
  std::array<char, http2::frame_header_size> header_;  // only the first header_size_ bytes are initialised
  HealthMessage message_;
  HeaderBlock block_;
};

}  // namespace healthcheck
