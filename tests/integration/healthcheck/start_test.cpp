// Tests what the programs' own start (sys/start.cpp, sys/entry.cpp) has to leave behind, as libc's would.
#include <elf.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "harness/files.hpp"
#include "integration/mapped.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using integration::header_of;
using integration::Mapped;
using integration::ProgramHeader;

// A probe that waits for its answer.
class Started : public testing::TestWithParam<const char*> {
 protected:
  Started() : probe_{{file(), "--timeout=1h", service_.url()}} {
    harness::eventually("it has connected", [&] { return service_.connections() == 1; });
  }

  static std::string file() { return harness::shipped(GetParam()); }
  pid_t pid() const { return probe_.pid(); }

 private:
  Server service_{Listener::ipv4(), [](Connection& connection) { connection.hold(); }};
  harness::Process probe_;
};

TEST_P(Started, RelocatedDataIsReadOnly) {
  const Mapped mapped{pid(), file()};
  const ProgramHeader sealed = header_of(mapped.image(), PT_GNU_RELRO);
  for (const std::uintptr_t at : {sealed.p_vaddr, sealed.p_vaddr + sealed.p_memsz - 1}) {
    EXPECT_EQ(mapped.rights_at(at), "r--p") << std::hex << at;
    EXPECT_EQ(mapped.write_at(at), EFAULT) << std::hex << at;
  }
}

#ifdef __x86_64__
std::uint64_t auxiliary_value(pid_t pid, std::uint64_t type) {
  const std::string vector = harness::read_file("/proc/" + std::to_string(pid) + "/auxv");
  for (std::size_t at = 0; at + sizeof(Elf64_auxv_t) <= vector.size(); at += sizeof(Elf64_auxv_t)) {
    Elf64_auxv_t entry;
    std::memcpy(&entry, vector.data() + at, sizeof entry);
    if (entry.a_type == type) return entry.a_un.a_val;
  }
  throw std::runtime_error("the kernel gave no such value");
}

// The compiler compares the word at %fs:0x28. musl makes it of the kernel's random bytes, and its second byte
// 0, so that no string can contain it.
TEST_P(Started, StackProtectorComparesTheKernelsRandomBytes) {
  const Mapped mapped{pid(), file()};
  ASSERT_EQ(::ptrace(PTRACE_ATTACH, pid(), nullptr, nullptr), 0) << std::strerror(errno);
  ASSERT_EQ(::waitpid(pid(), nullptr, 0), pid());
  user_regs_struct registers{};
  ASSERT_EQ(::ptrace(PTRACE_GETREGS, pid(), nullptr, &registers), 0);
  const std::uint64_t random = mapped.word_at(auxiliary_value(pid(), AT_RANDOM));
  EXPECT_EQ(mapped.word_at(registers.fs_base + 0x28), random & ~std::uint64_t{0xff00});
  EXPECT_NE(random, 0U);
  ::ptrace(PTRACE_DETACH, pid(), nullptr, nullptr);
}

#endif

INSTANTIATE_TEST_SUITE_P(Of, Started, testing::Values("healthcheck", "healthcheck-tls"),
                         [](const auto& program) {
                           return std::string{program.index == 0 ? "Plain" : "Tls"};
                         });

}  // namespace
}  // namespace healthcheck_test
