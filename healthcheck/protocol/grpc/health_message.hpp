// Reads the message of an answer, grpc.health.v1.HealthCheckResponse, byte by byte. It understands as much of
// protocol buffers as is needed to find one number among fields that may be unknown.
#pragma once

#include <cstdint>

#include "base/options.hpp"

namespace healthcheck {

class HealthMessage {
 public:
  // The numbers of ServingStatus.
  enum Status : std::uint8_t { Unknown, Serving, NotServing, ServiceUnknown };

  // Takes the next byte: first one that says whether the message is compressed, then four of its length, then
  // the message itself. Returns the problem with it, or nullptr.
  base::Problem take(char c);
  // Returns whether the message is there, and complete.
  bool is_whole() const { return at_ == prefix_size + length_ && part_ == Part::Key && shift_ == 0; }
  // Field 1. It is absent if its value is 0.
  std::uint64_t status() const { return status_; }

 private:
  static constexpr std::uint64_t prefix_size = 5;
  enum class Part : std::uint8_t { Key, Number, Length, Skipped };

  bool finish_number();
  bool finish_key();

  std::uint64_t at_ = 0, length_ = 0;
  std::uint64_t number_ = 0, field_ = 0, status_ = Unknown;
  std::uint64_t skipped_ = 0;  // the number of bytes of a field still to come
  unsigned shift_ = 0;
  Part part_ = Part::Key;
};

}  // namespace healthcheck
