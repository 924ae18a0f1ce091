// How every wrapper of a system call answers: errno is read here and nowhere else.
#pragma once

#include <errno.h>

#include "common/result.hpp"

namespace sys {

using common::Error;
using common::Result;
using common::Status;

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
  return common::ok;
}

}  // namespace sys
