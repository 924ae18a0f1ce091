// Reads header blocks (RFC 7541), byte by byte, for the three fields that decide about a gRPC answer.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "healthcheck/protocol/grpc/huffman.hpp"

namespace healthcheck {

// The header fields of one answer: those of its first block, and those of its trailers. There is no dynamic
// table, as we announced a size of 0.
class HeaderBlock {
 public:
  // Returns false if the block is malformed (RFC 9113 §8.2).
  [[gnu::noinline]] bool take(char c);
  // Returns whether the block may end here.
  bool is_whole() const { return step_ == Step::Start; }
  // The next block is the trailers.
  void begin_trailers();

  static constexpr int absent = -1;
  int http_status() const { return http_status_; }
  int grpc_status() const { return grpc_status_; }
  bool is_grpc() const { return is_grpc_; }

 private:
  // The number being read, or the text whose length was read. Each enumerator has its own reader.
  enum class Step : std::uint8_t {
    Start,
    Index,
    NameIndex,
    TableSize,
    NameLength,
    NameLengthRest,
    Name,
    ValueLength,
    ValueLengthRest,
    Value
  };
  enum class Field : std::uint8_t { Other, HttpStatus, GrpcStatus, ContentType };

  bool begin_number(char c, unsigned mask, Step step);
  bool finish_number();
  bool take_text(char c);
  bool add_character(char c);
  bool finish_text();
  bool begin_field(Field field);
  bool finish_value();
  std::string_view text() const { return {text_.data(), size_}; }

  Step step_ = Step::Start;
  Field field_ = Field::Other;
  bool is_coded_ = false, is_grpc_ = false, may_set_table_size_ = true;
  bool may_have_status_ = true;  // the status comes first, and not in trailers (RFC 9113 §8.3)
  unsigned shift_ = 0;
  std::uint32_t number_ = 0;
  int http_status_ = absent, grpc_status_ = absent;
  HuffmanDecoder decoder_;
  std::size_t size_ = 0;
  std::array<char, 20> text_{};  // its first bytes: enough to compare
};

}  // namespace healthcheck
