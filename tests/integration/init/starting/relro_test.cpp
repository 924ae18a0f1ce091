// Tests that the segment that the linker marked as read-only after relocation is read-only while init runs.
#include <elf.h>
#include <gtest/gtest.h>
#include <link.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <sstream>

#include "harness/files.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using Header = ElfW(Phdr);

std::vector<Header> headers_of(const std::string& image) {
  ElfW(Ehdr) file;
  std::memcpy(&file, image.data(), sizeof file);
  std::vector<Header> headers(file.e_phnum);
  std::memcpy(headers.data(), image.data() + file.e_phoff, headers.size() * sizeof(Header));
  return headers;
}

Header header_of(const std::string& image, unsigned type) {
  for (const Header& header : headers_of(image)) {
    if (header.p_type == type) return header;
  }
  throw std::runtime_error("the program has no such header");
}

// Returns the address at which the file was mapped, from the first line that names it.
std::uintptr_t base_of(pid_t pid) {
  for (const std::string& line : lines_of(harness::read_file("/proc/" + std::to_string(pid) + "/maps"))) {
    if (line.ends_with("/init")) return std::stoull(line, nullptr, 16);
  }
  throw std::runtime_error("the program is not mapped");
}

std::string rights_at(pid_t pid, std::uintptr_t address) {
  for (const std::string& line : lines_of(harness::read_file("/proc/" + std::to_string(pid) + "/maps"))) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::string rights;
    std::istringstream{line} >> std::hex >> begin >> dash >> end >> rights;
    if (begin <= address && address < end) return rights;
  }
  return "unmapped";
}

// Writes the byte that is already there, with the page's own permissions. Returns 0 or errno.
int write_at(pid_t pid, std::uintptr_t address) {
  char byte = 0;
  iovec ours{&byte, 1}, theirs{reinterpret_cast<void*>(address), 1};
  if (::process_vm_readv(pid, &ours, 1, &theirs, 1, 0) != 1) return errno;
  return ::process_vm_writev(pid, &ours, 1, &theirs, 1, 0) == 1 ? 0 : errno;
}

class Relro : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Relro);

TEST_P(Relro, IsInForceWhileInitRuns) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  const std::string image = harness::read_file(harness::shipped("init"));
  const std::uintptr_t base = base_of(init->pid());
  const Header sealed = header_of(image, PT_GNU_RELRO);
  const Header dynamic = header_of(image, PT_DYNAMIC);
  EXPECT_GE(dynamic.p_vaddr, sealed.p_vaddr);
  EXPECT_LE(dynamic.p_vaddr + dynamic.p_memsz, sealed.p_vaddr + sealed.p_memsz);
  for (const std::uintptr_t at : {sealed.p_vaddr, dynamic.p_vaddr, sealed.p_vaddr + sealed.p_memsz - 1}) {
    EXPECT_EQ(rights_at(init->pid(), base + at), "r--p") << std::hex << at;
    EXPECT_EQ(write_at(init->pid(), base + at), EFAULT) << std::hex << at;
  }
}

TEST_P(Relro, LeavesDataWritable) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  Header data{};
  for (const Header& header : headers_of(harness::read_file(harness::shipped("init"))))
    if (header.p_type == PT_LOAD) data = header;
  ASSERT_EQ(data.p_flags, static_cast<unsigned>(PF_R | PF_W));
  EXPECT_EQ(write_at(init->pid(), base_of(init->pid()) + data.p_vaddr), 0);
}

TEST_P(Relro, NothingIsWritableAndExecutable) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  for (const std::string& line :
       lines_of(harness::read_file("/proc/" + std::to_string(init->pid()) + "/maps")))
    EXPECT_FALSE(line.contains(" rwx")) << line;
}

}  // namespace
}  // namespace init_test
