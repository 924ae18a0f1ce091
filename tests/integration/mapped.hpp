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
  // Throws if the process has no such memory.
  std::uint64_t word_at(std::uintptr_t address) const;

 private:
  pid_t process_;
  std::string image_;
  std::uintptr_t base_ = 0;
};

}  // namespace integration
