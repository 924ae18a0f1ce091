// Reads header blocks (RFC 7541), byte by byte, for the three fields that decide about a gRPC answer.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace healthcheck {

// No dynamic table, as we announced a size of 0, and no Huffman decoder: names and values are compared in the
// form in which they come, and only digits are decoded.
class HeaderBlock {
 public:
  // False: it makes no sense.
  [[gnu::noinline]] bool take(char c);
  // Returns whether the block may end here.
  bool is_whole() const { return step_ == Step::Start; }

  static constexpr int absent = -1;
  int http_status() const { return http_status_; }
  int grpc_status() const { return grpc_status_; }
  bool is_grpc() const { return is_grpc_; }

 private:
  // The number being read, or the text whose length it was. Each is followed by its reader.
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
  void finish_name();
  void finish_value();
  int number() const;
  std::string_view text() const { return {text_.data(), size_}; }

  Step step_ = Step::Start;
  Field field_ = Field::Other;
  bool huffman_ = false, is_grpc_ = false;
  unsigned shift_ = 0;
  std::uint32_t number_ = 0;
  int http_status_ = absent, grpc_status_ = absent;
  std::size_t size_ = 0;
  std::array<char, 16> text_{};  // its first bytes: enough to compare
};

}  // namespace healthcheck
