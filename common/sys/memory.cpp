// The two of libc's that a small program pays for and does not need: theirs are made for long blocks, in 330
// bytes; here only what is short is filled and measured.
#include <cstddef>

// Not to be recognised as what they are, and made into calls of themselves.
#if defined(__clang__)
#define PLAIN_LOOP __attribute__((no_builtin, used))
#else
#define PLAIN_LOOP __attribute__((optimize("no-tree-loop-distribute-patterns"), used))
#endif

extern "C" {

PLAIN_LOOP void* memset(void* block, int byte, std::size_t size) {
  auto* to = static_cast<unsigned char*>(block);
  while (size != 0) to[--size] = static_cast<unsigned char>(byte);
  return block;
}

PLAIN_LOOP std::size_t strlen(const char* text) {
  std::size_t length = 0;
  while (text[length] != '\0') ++length;
  return length;
}
}
