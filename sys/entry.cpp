// The first code of the programs on amd64, in place of libc's start file, whose 0.8 KB apply every kind of
// relocation. The linker packs all relocations of these programs as DT_RELR (the generic ELF specification),
// which a test of the release confirms.
#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstdint>

extern "C" {

// The linker defines these two: this program's own ELF header and dynamic section in memory.
extern __attribute__((visibility("hidden"))) const ElfW(Ehdr) __ehdr_start;
extern __attribute__((visibility("hidden"))) const ElfW(Dyn) _DYNAMIC[];

int __libc_start_main(int (*program)(int, char**, char**), int count, char** arguments);
int main_of_program(int, char**, char**) __asm__("main");

// The stack has the number of the arguments, and then the arguments (x86-64 psABI §3.4.1).
__attribute__((used)) void relocate_and_start(std::intptr_t* stack) {
  // The program is linked to address 0, so its address is what each relocation adds.
  const auto base = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  const std::uintptr_t* packed = nullptr;
  std::size_t size = 0;
  for (const auto* entry = _DYNAMIC; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_RELR) packed = reinterpret_cast<const std::uintptr_t*>(base + entry->d_un.d_ptr);
    if (entry->d_tag == DT_RELRSZ) size = entry->d_un.d_val;
  }
  // The table is never empty, and begins with an address.
  __builtin_assume(packed != nullptr);
  auto* next = reinterpret_cast<std::uintptr_t*>(base);
  for (; size != 0; size -= sizeof *packed, ++packed) {
    if (*packed % 2 == 0) {
      // The address of a word to relocate.
      next = reinterpret_cast<std::uintptr_t*>(base + *packed);
      *next++ += base;
      continue;
    }
    // A bit for each of the next 63 words.
    std::uintptr_t* word = next;
    for (std::uintptr_t bits = *packed >> 1; bits != 0; bits >>= 1, ++word)
      if (bits % 2 != 0) *word += base;
    next += 63;
  }
  __libc_start_main(main_of_program, static_cast<int>(*stack), reinterpret_cast<char**>(stack + 1));
}

__attribute__((naked, used)) void enter_program() {
  __asm__(
      "xor %ebp, %ebp\n"
      "mov %rsp, %rdi\n"
      "and $-16, %rsp\n"
      "call relocate_and_start\n");
}
}
