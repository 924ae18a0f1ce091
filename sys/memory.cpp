// Functions of libc in their simplest form. libc's are fast for long blocks, and 330 bytes larger; these
// programs fill and measure only short ones.
#include <cstddef>

// The compiler must not recognise these loops and turn them into calls of themselves.
#if defined(__clang__)
#define PLAIN_LOOP __attribute__((no_builtin, used))
#else
#define PLAIN_LOOP __attribute__((optimize("no-tree-loop-distribute-patterns"), used))
#endif

extern "C" {

// The stack size of new threads, of which there are none. libc's own variable would be the only data that is
// not zero at the start, and would cost a page of memory and a page fault.
__attribute__((visibility("hidden"), used)) unsigned __default_stacksize = 0;

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

// On x86 libc's function is a few instructions; on other architectures it takes up to 1.3 KB.
#if !defined(__x86_64__) && !defined(__i386__)
PLAIN_LOOP void* memcpy(void* __restrict block, const void* __restrict source, std::size_t size) {
  auto* to = static_cast<unsigned char*>(block);
  auto* from = static_cast<const unsigned char*>(source);
  for (; size != 0; --size) *to++ = *from++;
  return block;
}
#endif
}
