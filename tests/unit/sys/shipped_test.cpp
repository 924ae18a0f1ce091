// Tests code that only the shipped programs contain: the installation of the filter, and short libc
// functions.
#include <errno.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstddef>

#include "child.hpp"
#include "sys/confinement.hpp"

// CMakeLists.txt renames the functions by macros, so that the tests keep libc's.
extern "C" {
void* short_memset(void* block, int byte, std::size_t size);
std::size_t short_strlen(const char* text);
}

namespace sys {
namespace {

constexpr sock_filter allow{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};

TEST(Confinement, FilterAndNoNewPrivilegesAreSet) {
  const std::array<sock_filter, 1> filter{allow};
  confine(filter);
  EXPECT_EQ(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
  EXPECT_EQ(::prctl(PR_GET_SECCOMP), SECCOMP_MODE_FILTER);
}

TEST(Confinement, KernelRefusesCallsOffTheList) {
  EXPECT_EQ(status_in_child([] {
              constexpr auto filter = make_filter(std::array{ALLOWED_CALL(exit_group)});
              confine(filter);
              const bool refused = ::syscall(SYS_getppid) == -1 && errno == EPERM;
              // AddressSanitizer's _exit() makes calls that are off the list, too.
              ::syscall(SYS_exit_group, refused ? 0 : 1);
              return 2;
            }),
            0);
}

TEST(Confinement, FilterThatTheKernelRefusesChangesNothing) {
  EXPECT_EQ(status_in_child([] {
              const int before = ::prctl(PR_GET_SECCOMP);
              confine({});
              return ::prctl(PR_GET_SECCOMP) == before ? 0 : 1;
            }),
            0);
}

TEST(ShortMemset, WritesEveryByteAndNoOther) {
  std::array<unsigned char, 8> block{};
  EXPECT_EQ(short_memset(block.data() + 2, 0x1a5, 4), block.data() + 2);
  EXPECT_EQ(block, (std::array<unsigned char, 8>{0, 0, 0xa5, 0xa5, 0xa5, 0xa5, 0, 0}));
  short_memset(block.data(), 0xff, 0);
  EXPECT_EQ(block[0], 0);
}

TEST(ShortStrlen, CountsUpToTheNul) {
  EXPECT_EQ(short_strlen(""), 0U);
  EXPECT_EQ(short_strlen("text"), 4U);
  EXPECT_EQ(short_strlen("cut\0off"), 3U);
}

}  // namespace
}  // namespace sys
