// The limbs, or digits, of large numbers: the widest words whose product the compiler has a type for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

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

// Exchanges both numbers if the bit is 1, and uses the same places in memory if it is 0.
[[gnu::noinline]] inline void swap_if(Limb bit, std::span<Limb> a, std::span<Limb> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    Limb difference = (a[i] ^ b[i]) & (0 - bit);
    a[i] ^= difference;
    b[i] ^= difference;
  }
}

}  // namespace healthcheck::tls
