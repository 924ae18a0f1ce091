// Negative control: the property detects a reader that loses a byte at the end of a piece.
#include <gtest/gtest.h>

#include "http_property.hpp"

namespace fuzz {
namespace {

class Forgetful : public healthcheck::HttpReader {
 public:
  using HttpReader::HttpReader;
  void feed(std::string_view piece) {
    if (piece.size() > 3) piece.remove_suffix(1);
    HttpReader::feed(piece);
  }
};

TEST(Control, ReaderThatLosesBytesIsDetected) {
  const Response response{.ends = true, .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
  EXPECT_EQ(same_however_cut<healthcheck::HttpReader>(response), "");
  EXPECT_NE(same_however_cut<Forgetful>(response), "");
}

}  // namespace
}  // namespace fuzz
