// Changes each byte of a correct answer to each other value, and cuts the answer after each byte. A table
// lists the changes that leave the answer correct, each with its reason; every other change must be found.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace changes {

using Byte = unsigned char;

// A piece of the answer, so that the table can name a place in it.
struct Part {
  const char* name;
  std::string bytes;
};

struct Allowed {
  const char* part;
  std::size_t first, last;     // of the part's bytes, counted from 0
  bool (*values)(Byte value);  // those that may stand there
  const char* reason;
};

using Table = std::vector<Allowed>;

inline Table joined(std::initializer_list<Table> tables) {
  Table all;
  for (const Table& table : tables) all.insert(all.end(), table.begin(), table.end());
  return all;
}

inline bool any(Byte) { return true; }

class Answer {
 public:
  Answer(std::vector<Part> parts, Table table)
      : parts_(std::move(parts)), table_(std::move(table)), is_used_(table_.size()) {
    for (const Part& part : parts_) bytes_ += part.bytes;
  }

  const std::string& bytes() const { return bytes_; }

  // Changes every byte. `is_healthy` is the verdict on an answer.
  void expect_every_change_found(const std::function<bool(const std::string&)>& is_healthy) {
    ASSERT_TRUE(is_healthy(bytes_));
    std::size_t start = 0;
    for (const Part& part : parts_) {
      for (std::size_t at = 0; at < part.bytes.size(); ++at)
        for (unsigned value = 0; value < 256; ++value)
          check({part, start, at, static_cast<Byte>(value)}, is_healthy);
      start += part.bytes.size();
    }
    for (std::size_t row = 0; row < table_.size(); ++row)
      EXPECT_TRUE(is_used_[row]) << table_[row].part << ", " << table_[row].reason << ": no such change";
  }

  // Cuts the answer to each length. With `first_right` bytes or more it must still be healthy, with fewer it
  // must not.
  void expect_every_cut_found(std::size_t first_right,
                              const std::function<bool(const std::string&)>& is_healthy) const {
    for (std::size_t size = 0; size <= bytes_.size(); ++size)
      EXPECT_EQ(is_healthy(bytes_.substr(0, size)), size >= first_right) << "cut after " << size << " bytes";
  }

 private:
  struct Change {
    const Part& part;
    std::size_t start;  // of the part in the answer
    std::size_t at;     // of the byte in the part
    Byte value;
  };

  void check(const Change& change, const std::function<bool(const std::string&)>& is_healthy) {
    const auto& [part, start, at, value] = change;
    std::string changed = bytes_;
    const Byte before = static_cast<Byte>(changed[start + at]);
    if (value == before) return;
    changed[start + at] = static_cast<char>(value);
    const char* reason = nullptr;
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const Allowed& allowed = table_[row];
      if (allowed.part != std::string_view{part.name} || at < allowed.first || at > allowed.last ||
          !allowed.values(value))
        continue;
      reason = allowed.reason;
      is_used_[row] = true;
    }
    EXPECT_EQ(is_healthy(changed), reason != nullptr)
        << part.name << ", byte " << at << ": " << unsigned{before} << " became " << unsigned{value} << "; "
        << (reason == nullptr ? "the table has no reason" : reason);
  }

  std::vector<Part> parts_;
  Table table_;
  std::vector<bool> is_used_;
  std::string bytes_;
};

}  // namespace changes
