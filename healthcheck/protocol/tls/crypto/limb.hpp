// The digits of the curves' large numbers: the widest words of which the processor multiplies two at once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace healthcheck::tls {

#ifdef __SIZEOF_INT128__
using Limb = std::uint64_t;
__extension__ typedef unsigned __int128 Wide;
__extension__ typedef __int128 SignedWide;
#else
using Limb = std::uint32_t;
using Wide = std::uint64_t;
using SignedWide = std::int64_t;
#endif

inline constexpr std::size_t limb_bits = 8 * sizeof(Limb);

}  // namespace healthcheck::tls
