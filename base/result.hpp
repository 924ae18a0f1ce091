// Errors are values: a Result holds a value, or the errno of the call that failed to give one.
#pragma once

#include <type_traits>

namespace base {

struct Error {
  int code;  // errno
};

// Small on purpose: a Result<int> is returned in one register. The caller knows which call failed, and names
// it in the message.
template <class T>
class [[nodiscard]] Result {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  constexpr Result(T value) : value_(value) {}
  constexpr Result(Error error) : code_(error.code) {}

  constexpr explicit operator bool() const { return code_ == 0; }
  constexpr const T& operator*() const { return value_; }
  constexpr const T* operator->() const { return &value_; }
  constexpr Error error() const { return {code_}; }

 private:
  T value_{};
  int code_ = 0;
};

struct Nothing {};
using Status = Result<Nothing>;
inline constexpr Nothing ok{};

}  // namespace base

// The value of a Result, or a return from this function with its error.
#define TRY(expression)             \
  __extension__({                   \
    auto try_result = (expression); \
    if (!try_result) [[unlikely]]   \
      return try_result.error();    \
    *try_result;                    \
  })
