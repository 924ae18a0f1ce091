// Reads handshake messages (RFC 8446 §4), which may be split over several records and merged into one.
#pragma once

#include <algorithm>
#include <array>

#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

// Keeps only the first bytes of a message: of a long one, such as a chain of certificates, only the hash is
// needed, so it takes no memory.
class HandshakeReader {
 public:
  // A ServerHello with a cookie is the longest message that is read as a whole.
  static constexpr std::size_t max_kept = 1024;
  static constexpr std::size_t header_size = 4;

  HandshakeReader() {}

  // Takes bytes up to the end of one message, and returns how many.
  std::size_t feed(Bytes bytes) {
    if (is_complete()) size_ = 0;
    std::size_t used = 0;
    for (; used < bytes.size() && !is_complete(); ++used, ++size_)
      if (size_ < kept_.size()) kept_[size_] = bytes[used];
    return used;
  }

  // Returns whether the last message is complete, or none has begun.
  bool is_between_messages() const { return size_ == 0 || is_complete(); }
  bool has_header() const { return size_ >= header_size; }
  [[gnu::noinline]] bool is_complete() const { return has_header() && size_ == header_size + length(); }

  // Valid if the message has_header().
  HandshakeType type() const { return HandshakeType{kept_[0]}; }
  std::size_t length() const {
    return static_cast<std::size_t>(kept_[1]) << 16 | static_cast<std::size_t>(kept_[2] << 8 | kept_[3]);
  }
  // The position in the body up to which the message was read.
  std::size_t body_size() const { return size_ < header_size ? 0 : size_ - header_size; }
  bool is_kept_whole() const { return size_ <= kept_.size(); }
  // The message with its header, if it is_kept_whole().
  Bytes whole() const { return {kept_.data(), size_}; }
  // The body of the complete message, or its kept beginning.
  [[gnu::noinline]] Bytes body() const {
    return {kept_.data() + header_size, std::min(size_, kept_.size()) - header_size};
  }

 private:
  std::size_t size_ = 0;  // of the message so far, with its header
  std::array<std::uint8_t, max_kept> kept_;
};

}  // namespace healthcheck::tls
