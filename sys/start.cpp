// Starts the program in place of libc's __libc_start_main(), which libc's start file calls after it has
// relocated the program. libc's own takes 1.5 KB: it also copies thread-local variables, looks for a dynamic
// loader's variables, runs constructors and flushes stdio, and these programs have none of them.
#include <elf.h>
#include <link.h>
#include <unistd.h>

namespace {

// libc's record of the only thread: errno, the stack protector's value, and the thread's own ID. musl's
// struct pthread takes 208 bytes on amd64, and fewer than 300 elsewhere.
alignas(64) char thread_record[512];

unsigned long page_size;

}  // namespace

extern "C" {

// musl's own functions, which its start calls too: the first makes the record this thread's, the second sets
// the stack protector's value from random bytes of the kernel's. The second comes with the protector: a
// strong reference would find the empty one of musl's start first.
__attribute__((visibility("hidden"))) int __init_tp(void* record);
__attribute__((visibility("hidden"), weak)) void __init_ssp(void* random_bytes);

// musl's function reads what only its own start writes.
int getpagesize() { return static_cast<int>(page_size); }

__attribute__((used)) int __libc_start_main(int (*program)(int, char**, char**), int count,
                                            char** arguments) {
  if (__init_tp(thread_record) < 0) __builtin_trap();
  char** environment = arguments + count + 1;
  char** end = environment;
  while (*end != nullptr) ++end;
  // The auxiliary vector follows the environment (getauxval(3)).
  for (auto* entry = reinterpret_cast<const ElfW(auxv_t)*>(end + 1); entry->a_type != AT_NULL; ++entry) {
    if (entry->a_type == AT_PAGESZ) page_size = entry->a_un.a_val;
    if (entry->a_type == AT_RANDOM) __init_ssp(reinterpret_cast<void*>(entry->a_un.a_val));
  }
  ::_exit(program(count, arguments, environment));
}
}
