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

void GrpcReader::fail(base::Problem problem) {
  problem_ = problem;
  is_over_ = true;
}

void GrpcReader::take(char c, base::Arena& replies) {
  if (++total_ > limit) return fail("more than 64 KiB of frames");
  if (header_size_ == header_.size()) return take_payload(c, replies);
  // No server's first frame is as long as these first bytes would mean.
  if (total_ == 1 && c == 'H') return fail("an HTTP/1 server, not gRPC");
  if (total_ == 1 && (c == 0x15 || c == 0x16)) return fail("a TLS server, not plain gRPC");
  header_[header_size_++] = c;
  if (header_size_ == header_.size()) begin_frame(replies);
}

void GrpcReader::begin_frame(base::Arena& replies) {
  rest_ = static_cast<std::uint32_t>(static_cast<unsigned char>(header_[1]) << 8 |
                                     static_cast<unsigned char>(header_[2]));
  at_ = skip_ = pad_ = 0;
  // A server's first frame is its SETTINGS; a header block's frames come without others between (§6.10).
  if (header_[0] != 0 || rest_ > http2::longest_frame || (!has_settings_ && type() != Type::Settings) ||
      in_headers_ != (type() == Type::Continuation))
    return fail(has_settings_ ? "malformed frames" : "not HTTP/2");
  bool is_padded = false;
  switch (type()) {
    case Type::Headers:
      in_headers_ = true;
      ends_stream_ = has(http2::EndStream);
      if (has(http2::Prioritized)) skip_ = 5;
      [[fallthrough]];
    case Type::Data:
      is_padded = has(http2::Padded);
      break;
    case Type::PushPromise:
      return fail("malformed frames");
    case Type::Settings:
      has_settings_ = true;
      if (!has(http2::Acknowledge)) add_frame_header(replies, {0, Type::Settings, http2::Acknowledge});
      break;
    case Type::Ping:
      if (rest_ != 8) return fail("malformed frames");
      if (!has(http2::Acknowledge)) add_frame_header(replies, {8, Type::Ping, http2::Acknowledge});
      break;
    default:
      break;
  }
  pad_length_follows_ = is_padded;
  if (rest_ == 0) finish_frame();
}

void GrpcReader::take_payload(char c, base::Arena& replies) {
  --rest_;
  if (pad_length_follows_) {
    pad_ = static_cast<unsigned char>(c);
    pad_length_follows_ = false;
    if (pad_ > rest_) return fail("malformed frames");
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
      return take_message(c);
    case Type::Headers:
    case Type::Continuation:
      if (!block_.take(c)) fail("malformed headers");
      return;
    case Type::Ping:
      if (!has(http2::Acknowledge)) replies.add(c);
      return;
    case Type::ResetStream:
    case Type::GoAway:
      // GOAWAY says first which stream was the last; debug data may follow.
      if (at_ <= (type() == Type::GoAway ? 8U : 4U)) error_ = error_ << 8 | static_cast<unsigned char>(c);
      return;
    default:
      return;
  }
}

// A byte that says whether it is compressed, four of length, and the message: field 1, a number.
void GrpcReader::take_message(char c) {
  std::uint32_t at = message_at_++;
  if (at == 0 && c != 0) return fail("compressed message");
  if (at < 5) message_length_ = message_length_ << 8 | static_cast<unsigned char>(c);
  if (at == 5) field_ = c;
  if (at == 6) value_ = c;
}

void GrpcReader::finish_frame() {
  header_size_ = 0;
  switch (type()) {
    case Type::Headers:
    case Type::Continuation:
      if (has(http2::EndHeaders)) finish_headers();
      return;
    case Type::Data:
      if (!has_headers_) return fail("malformed frames");
      is_over_ = has(http2::EndStream);
      return;
    case Type::ResetStream:
      return fail("stream reset");
    case Type::GoAway:
      if (error_ != 0) fail("GOAWAY");
      return;
    default:
      return;
  }
}

void GrpcReader::finish_headers() {
  in_headers_ = false;
  if (!block_.is_whole()) return fail("malformed headers");
  if (!has_headers_) {
    // An interim response is followed by another (RFC 9113 §8.1).
    int status = block_.http_status();
    if (status >= 100 && status < 200) {
      block_ = {};
      return;
    }
    has_headers_ = true;
    if (status != 200) return fail("not gRPC, HTTP status ");
    if (!block_.is_grpc()) return fail("not gRPC, by its content type");
  }
  is_over_ = ends_stream_;
}

int GrpcReader::answer() const {
  if (block_.grpc_status() != 0 || message_at_ < 5 || message_at_ != message_length_ + 5) return -1;
  return field_ == 8 ? value_ : 0;
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
  switch (answer()) {
    case -1:
      line.add("no message");
      return;
    case 1:
      line.add("SERVING");
      return;
    case 2:
      line.add("NOT_SERVING");
      return;
    case 3:
      line.add("SERVICE_UNKNOWN");
      return;
    default:
      line.add("UNKNOWN");
      return;
  }
}

}  // namespace healthcheck
