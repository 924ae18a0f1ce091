// Tests that only the server's own bytes are healthy: cuts its flight, and changes it, at every place.
#include <gtest/gtest.h>

#include <iostream>

#include "dialogue.hpp"

namespace tls_test {
namespace {

constexpr const char* target = "tls://localhost:8443";

using Pieces = std::vector<std::string>;

struct Handshake {
  const char* name;
  ServerSettings settings;
  std::size_t flights;  // that the server sends before the verdict
};

void PrintTo(const Handshake& handshake, std::ostream* out) { *out << handshake.name; }

const Handshake handshakes[] = {
    {"Tls12", {.version = TLS1_2_VERSION}, 2},
    // Here the keys do not depend on the certificate: only the Finished messages tell that it was changed.
    {"Tls12OnRandomsAlone", {.version = TLS1_2_VERSION, .extended_master_secret = false}, 2},
    {"Tls13", {.version = TLS1_3_VERSION}, 1},
    // The client offers a share of X25519 only, so this server asks for another.
    {"Tls13AfterARetry", {.version = TLS1_3_VERSION, .groups = "P-256"}, 2},
};

class Flight : public testing::TestWithParam<Handshake> {
 protected:
  const Pieces pieces_ = record(target, GetParam().settings);

  void count(const char* what, std::size_t number) const {
    std::cout << GetParam().name << ": " << number << ' ' << what << '\n';
    RecordProperty("replays", static_cast<int>(number));
  }
};

TEST_P(Flight, IsHealthyWholeAndByteByByte) {
  ASSERT_EQ(pieces_.size(), GetParam().flights);
  EXPECT_TRUE(replay(target, pieces_).is_healthy());
  Pieces bytes;
  for (const std::string& piece : pieces_)
    for (char byte : piece) bytes.emplace_back(1, byte);
  EXPECT_TRUE(replay(target, bytes).is_healthy());
  count("bytes, one by one", bytes.size());
}

TEST_P(Flight, IsHealthyCutAnywhere) {
  std::size_t cuts = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i)
    for (std::size_t cut = 1; cut < pieces_[i].size(); ++cut, ++cuts) {
      auto cut_pieces = pieces_;
      cut_pieces[i].resize(cut);
      cut_pieces.insert(cut_pieces.begin() + static_cast<long>(i) + 1, pieces_[i].substr(cut));
      ASSERT_TRUE(replay(target, cut_pieces).is_healthy()) << i << ' ' << cut;
    }
  count("cuts", cuts);
}

TEST_P(Flight, IsUnhealthyWhenCutShort) {
  std::size_t ends = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i)
    for (std::size_t size = 0; size < pieces_[i].size(); ++size, ++ends) {
      Pieces shortened{pieces_.begin(), pieces_.begin() + static_cast<long>(i)};
      shortened.push_back(pieces_[i].substr(0, size));
      ASSERT_FALSE(replay(target, shortened).is_healthy()) << i << ' ' << size;
    }
  count("early ends", ends);
}

// Marks the minor byte of each record's version: nothing authenticates it, and RFC 8446 §5.1 says to ignore
// it.
std::vector<bool> ignored_bytes(const std::string& bytes) {
  std::vector<bool> ignored(bytes.size());
  for (std::size_t at = 0; at + 5 <= bytes.size();) {
    ignored[at + 2] = true;
    const auto high = static_cast<unsigned char>(bytes[at + 3]);
    const auto low = static_cast<unsigned char>(bytes[at + 4]);
    at += 5U + (std::size_t{high} << 8 | low);
  }
  return ignored;
}

TEST_P(Flight, IsUnhealthyWithAnyBitChanged) {
  auto pieces = pieces_;
  std::size_t changes = 0, healthy = 0;
  for (std::string& piece : pieces) {
    const auto ignored = ignored_bytes(piece);
    for (std::size_t at = 0; at < piece.size(); ++at)
      for (int bit = 0; bit < 8; ++bit, ++changes) {
        piece[at] = static_cast<char>(piece[at] ^ 1 << bit);
        // TLS 1.3 authenticates the version, too, but the client takes the standard's, not the record's.
        const bool is_healthy = replay(target, pieces).is_healthy();
        ASSERT_EQ(is_healthy, ignored[at]) << at << ' ' << bit;
        healthy += is_healthy ? 1 : 0;
        piece[at] = static_cast<char>(piece[at] ^ 1 << bit);
      }
  }
  count("changed bits", changes);
  count("of these are in the version that nothing authenticates", healthy);
  EXPECT_GT(changes, 4000U);
}

INSTANTIATE_TEST_SUITE_P(Tls, Flight, testing::ValuesIn(handshakes),
                         [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace tls_test
