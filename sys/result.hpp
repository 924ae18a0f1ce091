// The result of every wrapper of a system call: errno is read here and nowhere else.
#pragma once

#include <errno.h>

#include "base/result.hpp"

namespace sys {

using base::Error;
using base::Result;
using base::Status;

// Returns the value of a call, or errno if the call returned -1.
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
