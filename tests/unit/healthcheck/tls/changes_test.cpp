// Tests that only the server's own bytes are healthy: cuts its flight, and changes it, at every place.
#include <gtest/gtest.h>

#include "dialogue.hpp"

namespace tls_test {
namespace {

constexpr const char* target = "tls://localhost:8443";

class Flight : public testing::TestWithParam<int> {};

TEST_P(Flight, IsHealthyCutAnywhere) {
  const auto pieces = record(target, {.version = GetParam()});
  ASSERT_TRUE(replay(target, pieces).is_healthy());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t cut = 1; cut < pieces[i].size(); ++cut) {
      auto cut_pieces = pieces;
      cut_pieces[i].resize(cut);
      cut_pieces.insert(cut_pieces.begin() + static_cast<long>(i) + 1, pieces[i].substr(cut));
      ASSERT_TRUE(replay(target, cut_pieces).is_healthy()) << i << ' ' << cut;
    }
}

TEST_P(Flight, IsUnhealthyWhenCutShort) {
  const auto pieces = record(target, {.version = GetParam()});
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t size = 0; size < pieces[i].size(); ++size) {
      std::vector<std::string> shortened{pieces.begin(), pieces.begin() + static_cast<long>(i)};
      shortened.push_back(pieces[i].substr(0, size));
      ASSERT_FALSE(replay(target, shortened).is_healthy()) << i << ' ' << size;
    }
}

// Marks the minor byte of each record's version: nothing authenticates it, and RFC 8446 §5.1 says to ignore
// it.
std::vector<bool> ignored_bytes(const std::string& bytes) {
  std::vector<bool> ignored(bytes.size());
  for (std::size_t at = 0; at + 5 <= bytes.size();) {
    ignored[at + 2] = true;
    at += 5U + (static_cast<unsigned char>(bytes[at + 3]) << 8 | static_cast<unsigned char>(bytes[at + 4]));
  }
  return ignored;
}

TEST_P(Flight, IsUnhealthyWithAnyBitChanged) {
  auto pieces = record(target, {.version = GetParam()});
  int changes = 0;
  for (std::string& piece : pieces) {
    const auto ignored = ignored_bytes(piece);
    for (std::size_t at = 0; at < piece.size(); ++at)
      for (int bit = 0; bit < 8; ++bit, ++changes) {
        piece[at] = static_cast<char>(piece[at] ^ 1 << bit);
        // TLS 1.3 authenticates the version, too, but the client takes the standard's, not the record's.
        ASSERT_EQ(replay(target, pieces).is_healthy(), ignored[at]) << at << ' ' << bit;
        piece[at] = static_cast<char>(piece[at] ^ 1 << bit);
      }
  }
  EXPECT_GT(changes, 4000);
}

INSTANTIATE_TEST_SUITE_P(Tls, Flight, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& test) { return test.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

}  // namespace
}  // namespace tls_test
