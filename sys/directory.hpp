// The numbered entries of a directory of /proc: processes, or descriptors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/number.hpp"
#include "sys/file.hpp"

namespace sys {

// Reads the directory one buffer at a time. An entry may be removed meanwhile. Declare it uninitialized:
// clearing its buffer would cost more than reading the directory.
class NumberedEntries {
 public:
  // Numbers above `max` and other names are skipped.
  NumberedEntries(Descriptor directory, std::uint64_t max) : directory_(directory), max_(max) {}

  // Returns the next number, or nothing at the end or if the directory cannot be read any further.
  std::optional<std::uint64_t> next() {
    for (;;) {
      if (at_ >= size_ && !refill()) return {};
      const char* record = records_ + at_;
      std::uint16_t length;
      std::memcpy(&length, record + length_at, sizeof length);
      at_ += length;
      if (auto number = base::parse_number(record + name_at, max_)) return number;
    }
  }

  // After the last number: returns whether the directory was read to its end.
  bool are_complete() const { return are_complete_; }

 private:
  // struct linux_dirent64 (getdents64(2)): the offsets of a record's length and of its name.
  static constexpr std::size_t length_at = 16;
  static constexpr std::size_t name_at = 19;

  bool refill() {
    auto size = read_directory(directory_, records_);
    at_ = 0;
    size_ = size ? *size : 0;
    are_complete_ = static_cast<bool>(size);
    return size_ != 0;
  }

  Descriptor directory_;
  std::uint64_t max_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  bool are_complete_ = true;
  alignas(8) char records_[1024];
};

}  // namespace sys
