// Tests what init's start (sys/start.cpp, sys/entry.cpp) has to leave behind, as libc's would: the segment
// that the linker marked as read-only after relocation is read-only, and the stack protector knows a random
// word.
#include <elf.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "integration/mapped.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using integration::header_of;
using integration::headers_of;
using integration::Mapped;
using integration::ProgramHeader;

class Relro : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Relro);

TEST_P(Relro, IsInForceWhileInitRuns) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  const Mapped mapped{init->pid(), harness::shipped("init")};
  const ProgramHeader sealed = header_of(mapped.image(), PT_GNU_RELRO);
  const ProgramHeader dynamic = header_of(mapped.image(), PT_DYNAMIC);
  EXPECT_GE(dynamic.p_vaddr, sealed.p_vaddr);
  EXPECT_LE(dynamic.p_vaddr + dynamic.p_memsz, sealed.p_vaddr + sealed.p_memsz);
  for (const std::uintptr_t at : {sealed.p_vaddr, dynamic.p_vaddr, sealed.p_vaddr + sealed.p_memsz - 1}) {
    EXPECT_EQ(mapped.rights_at(at), "r--p") << std::hex << at;
    EXPECT_EQ(mapped.write_at(at), EFAULT) << std::hex << at;
  }
}

TEST_P(Relro, LeavesDataWritable) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  const Mapped mapped{init->pid(), harness::shipped("init")};
  ProgramHeader data{};
  for (const ProgramHeader& header : headers_of(mapped.image()))
    if (header.p_type == PT_LOAD) data = header;
  ASSERT_EQ(data.p_flags, static_cast<unsigned>(PF_R | PF_W));
  EXPECT_EQ(mapped.write_at(data.p_vaddr), 0);
}

TEST_P(Relro, NothingIsWritableAndExecutable) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  for (const std::string& line : lines_of(Mapped{init->pid(), harness::shipped("init")}.maps()))
    EXPECT_FALSE(line.contains(" rwx")) << line;
}

#ifdef __x86_64__
TEST_P(Relro, StackProtectorComparesTheKernelsRandomBytes) {
  Supervised init{GetParam(), {"--", harness::testprog(), "signals"}};
  init->wait_for_line("ready");
  EXPECT_TRUE((Mapped{init->pid(), harness::shipped("init")}.stack_protector().is_random()));
}
#endif

}  // namespace
}  // namespace init_test
