#include "healthcheck/protocol/grpc/grpc_reader.hpp"

#include "healthcheck/protocol/grpc/grpc_request.hpp"

namespace healthcheck {

using http2::Type;

void GrpcReader::feed(std::string_view bytes, base::Arena& replies) {
  for (char c : bytes) {
    if (is_over_) return;
    take(c, replies);
  }
}

void GrpcReader::end() {
  if (!is_over_) fail(total_ == 0 ? "closed without an answer" : "closed before the answer ended");
}

[[gnu::noinline]] void GrpcReader::fail(base::Problem problem) {
  problem_ = problem;
  is_over_ = true;
}

void GrpcReader::fail_malformed() { fail(has_settings_ ? "malformed frames" : "not HTTP/2"); }

void GrpcReader::take(char c, base::Arena& replies) {
  if (++total_ > limit) return fail("more than 64 KiB of frames");
  if (header_size_ == header_.size()) return take_payload(c, replies);
  // No server's first frame is as long as these bytes would mean.
  if (total_ == 1 && c == 'H') return fail("an HTTP/1 server, not gRPC");
  if (total_ == 1 && (c == 0x15 || c == 0x16)) return fail("a TLS server, not plain gRPC");
  header_[header_size_++] = c;
  if (header_size_ == header_.size()) begin_frame(replies);
}

namespace {

// The streams that a frame may belong to, and its size (RFC 9113 §6).
struct FrameRule {
  bool on_connection, on_stream;
  std::uint8_t size;  // 0: any
};
constexpr FrameRule rules[] = {
    {false, true, 0},   // DATA
    {false, true, 0},   // HEADERS
    {false, true, 5},   // PRIORITY
    {false, true, 4},   // RST_STREAM
    {true, false, 0},   // SETTINGS
    {false, false, 0},  // PUSH_PROMISE, which our settings forbid
    {true, false, 8},   // PING
    {true, false, 0},   // GOAWAY
    {true, true, 4},    // WINDOW_UPDATE
    {false, true, 0},   // CONTINUATION
};

}  // namespace

// A server's first frame is its SETTINGS (RFC 9113 §3.4); a header block's frames come without others between
// (§6.10); the second header block ends the stream (§8.1). A type that is unknown is to be ignored (§5.5).
bool GrpcReader::is_valid_frame() const {
  if (header_[0] != 0 || rest_ > http2::longest_frame) return false;
  if (!has_settings_ && (type() != Type::Settings || has(http2::Acknowledge))) return false;
  if (in_headers_ != (type() == Type::Continuation)) return false;
  if (type() > Type::Continuation) return true;
  std::uint32_t stream = 0;
  for (std::size_t i = 5; i < header_.size(); ++i)
    stream = stream << 8 | static_cast<unsigned char>(header_[i]);
  stream &= ~http2::reserved_bit;
  const FrameRule& rule = rules[static_cast<std::size_t>(type())];
  if (!(stream == 0 ? rule.on_connection : stream == http2::the_stream && rule.on_stream)) return false;
  if (rule.size != 0 && rest_ != rule.size) return false;
  if (type() == Type::Data) return has_headers_;
  if (type() == Type::Headers) return !has_headers_ || has(http2::EndStream);
  if (type() == Type::Settings) return has(http2::Acknowledge) ? rest_ == 0 : rest_ % 6 == 0;
  return type() != Type::GoAway || rest_ >= 8;
}

void GrpcReader::begin_frame(base::Arena& replies) {
  rest_ = static_cast<std::uint32_t>(static_cast<unsigned char>(header_[1]) << 8 |
                                     static_cast<unsigned char>(header_[2]));
  at_ = skip_ = pad_ = 0;
  if (!is_valid_frame()) return fail_malformed();
  pad_length_follows_ = type() <= Type::Headers && has(http2::Padded);
  if (type() == Type::Headers) {
    in_headers_ = true;
    ends_stream_ = has(http2::EndStream);
    if (has(http2::Prioritized)) skip_ = 5;
  }
  if (type() == Type::Settings) {
    has_settings_ = true;
    if (!has(http2::Acknowledge)) add_frame_header(replies, {0, Type::Settings, http2::Acknowledge});
  }
  if (type() == Type::Ping && !has(http2::Acknowledge))
    add_frame_header(replies, {8, Type::Ping, http2::Acknowledge});
  if (rest_ == 0) finish_frame();
}

void GrpcReader::take_payload(char c, base::Arena& replies) {
  --rest_;
  if (pad_length_follows_) {
    pad_ = static_cast<unsigned char>(c);
    pad_length_follows_ = false;
    if (pad_ + skip_ > rest_) return fail_malformed();
  } else if (skip_ != 0) {
    --skip_;
  } else if (rest_ >= pad_) {
    take_content(c, replies);
  }
  if (rest_ == 0 && !is_over_) finish_frame();
}

void GrpcReader::take_content(char c, base::Arena& replies) {
  ++at_;
  switch (type()) {
    case Type::Data:
      if (base::Problem problem = message_.take(c)) fail(problem);
      return;
    case Type::Headers:
    case Type::Continuation:
      if (!block_.take(c)) fail("malformed headers");
      return;
    case Type::Ping:
      if (!has(http2::Acknowledge)) replies.add(c);
      return;
    default:
      // GOAWAY names the last stream and the reason; debug data may follow.
      if (at_ > 8) return;
      if (at_ == 5) last_stream_ = number_;
      number_ = number_ << 8 | static_cast<unsigned char>(c);
      return;
  }
}

void GrpcReader::finish_frame() {
  header_size_ = 0;
  if (skip_ != 0 || pad_length_follows_) return fail_malformed();
  switch (type()) {
    case Type::Headers:
    case Type::Continuation:
      if (has(http2::EndHeaders)) finish_headers();
      return;
    case Type::Data:
      is_over_ = has(http2::EndStream);
      return;
    case Type::ResetStream:
      error_ = number_;
      return fail("stream reset");
    case Type::GoAway:
      error_ = number_;
      if (error_ != 0 || (last_stream_ & ~http2::reserved_bit) < http2::the_stream) fail("GOAWAY");
      return;
    case Type::WindowUpdate:
      if ((number_ & ~http2::reserved_bit) == 0) fail_malformed();
      return;
    default:
      return;
  }
}

void GrpcReader::finish_headers() {
  in_headers_ = false;
  if (!block_.is_whole()) return fail("malformed headers");
  if (!has_headers_) {
    int status = block_.http_status();
    if (status == HeaderBlock::absent) return fail("malformed headers");
    // An interim response is followed by another (RFC 9113 §8.1).
    if (status < 200) {
      block_ = {};
      if (ends_stream_) fail_malformed();
      return;
    }
    has_headers_ = true;
    if (status != 200) return fail("not gRPC, HTTP status ");
    if (!block_.is_grpc()) return fail("not gRPC, by its content type");
    block_.begin_trailers();
  }
  is_over_ = ends_stream_;
}

bool GrpcReader::is_serving() const {
  return problem_ == nullptr && block_.grpc_status() == 0 && message_.is_whole() &&
         message_.status() == HealthMessage::Serving;
}

void GrpcReader::add_verdict(base::MessageBuilder& line) const {
  if (problem_ != nullptr) {
    line.add(problem_);
    if (has_headers_ && block_.http_status() != 200) line.add(block_.http_status());
    if (error_ != 0) line.add(", error ").add(error_);
    return;
  }
  switch (block_.grpc_status()) {
    case 0:
      break;
    case HeaderBlock::absent:
      line.add("no grpc-status");
      return;
    case 5:
      line.add("unknown service");
      return;
    case 12:
      line.add("no health service (UNIMPLEMENTED)");
      return;
    default:
      line.add("gRPC status ").add(block_.grpc_status());
      return;
  }
  if (!message_.is_whole()) {
    line.add("no message");
    return;
  }
  switch (message_.status()) {
    case HealthMessage::Serving:
      line.add("SERVING");
      return;
    case HealthMessage::NotServing:
      line.add("NOT_SERVING");
      return;
    case HealthMessage::ServiceUnknown:
      line.add("SERVICE_UNKNOWN");
      return;
    default:
      line.add("UNKNOWN");
      return;
  }
}

}  // namespace healthcheck
