// The result of every wrapper of a system call: errno is read here and nowhere else.
#pragma once

#include <errno.h>

#include "base/result.hpp"

namespace sys {

using base::Error;
using base::Result;
using base::Status;

// The value of a call that answers -1 on failure.
template <class T>
Result<T> checked(T value) {
  if (value == static_cast<T>(-1)) [[unlikely]]
    return Error{errno};
  return value;
}

template <class T>
Status succeeded(T value) {
  if (value == static_cast<T>(-1)) [[unlikely]]
    return Error{errno};
  return base::ok;
}

}  // namespace sys
