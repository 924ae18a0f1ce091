// Mapped: a running program as the kernel has mapped it, beside its file.
#pragma once

#include <link.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration {

using ProgramHeader = ElfW(Phdr);

std::vector<ProgramHeader> headers_of(const std::string& image);
// Throws if the image has no header of that type.
ProgramHeader header_of(const std::string& image, unsigned type);

// The word that the compiler compares, at %fs:0x28 on amd64, and the word that libc makes it of: the kernel's
// random bytes (AT_RANDOM). musl makes the second byte 0, so that no string can contain the word.
struct StackProtector {
  std::uint64_t compared, random;

  bool is_random() const { return random != 0 && compared == (random & ~std::uint64_t{0xff00}); }
};

class Mapped {
 public:
  // `file` is the path of the program that the process runs.
  Mapped(pid_t process, const std::string& file);

  const std::string& image() const { return image_; }
  std::string maps() const;
  // "r--p", or "unmapped". The offset is the file's virtual address, as in its program headers.
  std::string rights_at(std::uintptr_t offset) const;
  // Writes the byte that is already there, with the page's own permissions. Returns 0 or errno.
  int write_at(std::uintptr_t offset) const;
#ifdef __x86_64__
  // Stops the process for a moment to read them.
  StackProtector stack_protector() const;
#endif

 private:
  // Throws if the process has no such memory.
  std::uint64_t word_at(std::uintptr_t address) const;
#ifdef __x86_64__
  // Returns that entry of its auxiliary vector (getauxval(3)). Throws if there is none.
  std::uint64_t auxiliary_value(std::uint64_t type) const;
#endif

  pid_t process_;
  std::string image_;
  std::uintptr_t base_ = 0;
};

}  // namespace integration
