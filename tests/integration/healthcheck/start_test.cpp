// Tests what the programs' own start (sys/start.cpp, sys/entry.cpp) has to leave behind, as libc's would. The
// tests of init have their own.
#include <elf.h>

#include <cerrno>

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
TEST_P(Started, StackProtectorComparesTheKernelsRandomBytes) {
  EXPECT_TRUE((Mapped{pid(), file()}.stack_protector().is_random()));
}
#endif

INSTANTIATE_TEST_SUITE_P(Of, Started, testing::Values("healthcheck", "healthcheck-tls"),
                         [](const auto& program) {
                           return std::string{program.index == 0 ? "Plain" : "Tls"};
                         });

}  // namespace
}  // namespace healthcheck_test
