// A fixed block of memory for text that is built at run time: requests, expanded variables, paths.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace base {

// Overflow invalidates the arena; it never truncates: ask overflowed() before you use a text. The bytes are
// not initialised, so that only pages that are written to count as memory in use.
class Arena {
 public:
  static constexpr std::size_t capacity = 8192;

  // On destruction, frees everything that was added since its construction.
  class Scope {
   public:
    explicit Scope(Arena& arena) : arena_(arena), start_(arena.size_) {}
    Scope(const Scope&) = delete;
    ~Scope() { arena_.size_ = start_; }

    // The text added since the scope began; empty if the arena has overflowed.
    std::string_view text() const { return arena_.since(start_); }

   private:
    Arena& arena_;
    std::size_t start_;
  };

  Arena() {}
  Arena(const Arena&) = delete;

  [[gnu::noinline]] void add(char c);
  void add(std::string_view text);

  bool overflowed() const { return size_ > capacity; }
  std::size_t size() const { return size_; }
  // The text added since size() was `start`; empty if the arena has overflowed.
  std::string_view since(std::size_t start) const;
  // The same bytes, to be changed in place.
  std::span<char> mutable_since(std::size_t start) {
    return std::span{bytes_}.subspan(start, since(start).size());
  }
  // Writes a length to the two bytes at `at`, big-endian: the number of bytes added after these two and
  // after `skipped` more. A length is known only when the text that it measures is complete.
  void fill_in_length(std::size_t at, std::size_t skipped);

 private:
  std::size_t size_ = 0;
  std::array<char, capacity> bytes_;
};

}  // namespace base
