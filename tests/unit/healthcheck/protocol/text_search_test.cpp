#include "healthcheck/protocol/search/text_search.hpp"

#include <gtest/gtest.h>

#include <string>

namespace healthcheck {
namespace {

bool found(std::string_view text, std::string_view in) {
  TextSearch search{text};
  for (char c : in) search.feed(c);
  return search.found();
}

TEST(TextSearch, AgreesWithTheLibraryOnEveryShortText) {
  // All texts of two letters, up to five of them in a text of up to nine: every way to overlap.
  for (unsigned length = 1; length <= 5; ++length)
    for (unsigned bits = 0; bits < 1U << length; ++bits) {
      std::string text;
      for (unsigned i = 0; i < length; ++i) text += (bits >> i & 1) != 0 ? 'b' : 'a';
      for (unsigned in_bits = 0; in_bits < 1U << 9; ++in_bits) {
        std::string in;
        for (unsigned i = 0; i < 9; ++i) in += (in_bits >> i & 1) != 0 ? 'b' : 'a';
        ASSERT_EQ(found(text, in), in.find(text) != in.npos) << text << " in " << in;
      }
    }
}

TEST(TextSearch, EmptyTextIsFoundEverywhere) { EXPECT_TRUE(found("", "")); }

TEST(TextSearch, ZeroBytesAreOrdinaryBytes) {
  EXPECT_TRUE(found({"a\0b", 3}, {"xxa\0bxx", 7}));
  EXPECT_FALSE(found({"a\0b", 3}, {"xxa\0c", 5}));
}

}  // namespace
}  // namespace healthcheck
