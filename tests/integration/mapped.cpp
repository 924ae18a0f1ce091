#include "integration/mapped.hpp"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include "harness/files.hpp"

namespace integration {

std::vector<ProgramHeader> headers_of(const std::string& image) {
  ElfW(Ehdr) file;
  std::memcpy(&file, image.data(), sizeof file);
  std::vector<ProgramHeader> headers(file.e_phnum);
  std::memcpy(headers.data(), image.data() + file.e_phoff, headers.size() * sizeof(ProgramHeader));
  return headers;
}

ProgramHeader header_of(const std::string& image, unsigned type) {
  for (const ProgramHeader& header : headers_of(image)) {
    if (header.p_type == type) return header;
  }
  throw std::runtime_error("the program has no such header");
}

// The first line that names the file has the address at which it begins.
Mapped::Mapped(pid_t process, const std::string& file) : process_{process}, image_{harness::read_file(file)} {
  const std::string name = file.substr(file.rfind('/'));
  std::istringstream lines{maps()};
  for (std::string line; std::getline(lines, line);) {
    if (!line.ends_with(name)) continue;
    base_ = std::stoull(line, nullptr, 16);
    return;
  }
  throw std::runtime_error("the program is not mapped");
}

std::string Mapped::maps() const { return harness::read_file("/proc/" + std::to_string(process_) + "/maps"); }

std::string Mapped::rights_at(std::uintptr_t offset) const {
  const std::uintptr_t address = base_ + offset;
  std::istringstream lines{maps()};
  for (std::string line; std::getline(lines, line);) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::string rights;
    std::istringstream{line} >> std::hex >> begin >> dash >> end >> rights;
    if (begin <= address && address < end) return rights;
  }
  return "unmapped";
}

int Mapped::write_at(std::uintptr_t offset) const {
  char byte = 0;
  iovec ours{&byte, 1}, theirs{reinterpret_cast<void*>(base_ + offset), 1};
  if (::process_vm_readv(process_, &ours, 1, &theirs, 1, 0) != 1) return errno;
  return ::process_vm_writev(process_, &ours, 1, &theirs, 1, 0) == 1 ? 0 : errno;
}

std::uint64_t Mapped::word_at(std::uintptr_t address) const {
  std::uint64_t word = 0;
  iovec ours{&word, sizeof word}, theirs{reinterpret_cast<void*>(address), sizeof word};
  if (::process_vm_readv(process_, &ours, 1, &theirs, 1, 0) != sizeof word)
    throw std::runtime_error("no such memory");
  return word;
}

#ifdef __x86_64__
StackProtector Mapped::stack_protector() const {
  user_regs_struct registers{};
  if (::ptrace(PTRACE_ATTACH, process_, nullptr, nullptr) != 0 ||
      ::waitpid(process_, nullptr, __WALL) != process_ ||
      ::ptrace(PTRACE_GETREGS, process_, nullptr, &registers) != 0)
    throw std::runtime_error(std::string{"the program cannot be traced: "} + std::strerror(errno));
  const StackProtector result{word_at(registers.fs_base + 0x28), word_at(auxiliary_value(AT_RANDOM))};
  ::ptrace(PTRACE_DETACH, process_, nullptr, nullptr);
  return result;
}

std::uint64_t Mapped::auxiliary_value(std::uint64_t type) const {
  const std::string vector = harness::read_file("/proc/" + std::to_string(process_) + "/auxv");
  for (std::size_t at = 0; at + sizeof(Elf64_auxv_t) <= vector.size(); at += sizeof(Elf64_auxv_t)) {
    Elf64_auxv_t entry;
    std::memcpy(&entry, vector.data() + at, sizeof entry);
    if (entry.a_type == type) return entry.a_un.a_val;
  }
  throw std::runtime_error("the kernel gave no such value");
}
#endif

}  // namespace integration
