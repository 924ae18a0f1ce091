// Views of binary data, as TLS's primitives take and give them.
#pragma once

#include <cstdint>
#include <span>

namespace healthcheck::tls {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

}  // namespace healthcheck::tls
