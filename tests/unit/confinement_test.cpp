// Runs healthcheck's filters as the kernel would, and compares them with SECURITY.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <set>
#include <string>

#include "healthcheck/probe/confinement.hpp"

namespace {

using healthcheck::Scheme;
using healthcheck::Schemes;
using Names = std::set<std::string>;

// Supports only the instructions that the filters use; any other is an error of the filter.
std::uint32_t answer_of(std::span<const sock_filter> filter, const seccomp_data& call) {
  std::uint32_t accumulator = 0;
  for (std::size_t at = 0; at < filter.size(); ++at) {
    const sock_filter& step = filter[at];
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        std::memcpy(&accumulator, reinterpret_cast<const char*>(&call) + step.k, sizeof accumulator);
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
        at += accumulator == step.k ? step.jt : step.jf;
        break;
      case BPF_JMP | BPF_JSET | BPF_K:
        at += (accumulator & step.k) != 0 ? step.jt : step.jf;
        break;
      case BPF_RET | BPF_K:
        return step.k;
      default:
        throw std::logic_error{"an instruction that no filter has"};
    }
  }
  throw std::logic_error{"the filter does not end"};
}

bool passes(std::span<const sock_filter> filter, std::uint32_t number, int flags = 0,
            std::uint32_t architecture = sys::audit_architecture) {
  seccomp_data call{};
  call.nr = static_cast<int>(number);
  call.arch = architecture;
  // The bits above the flags may hold anything: the kernel takes 32 bits.
  call.args[2] = std::uint64_t{0xffff'ffff} << 32 | static_cast<unsigned>(flags);
  const std::uint32_t answer = answer_of(filter, call);
  EXPECT_TRUE(answer == SECCOMP_RET_ALLOW || answer == (SECCOMP_RET_ERRNO | EPERM));
  return answer == SECCOMP_RET_ALLOW;
}

std::set<std::uint32_t> passing(std::span<const sock_filter> filter) {
  std::set<std::uint32_t> numbers;
  for (std::uint32_t number = 0; number < 1024; ++number)
    if (passes(filter, number)) numbers.insert(number);
  EXPECT_FALSE(passes(filter, ~std::uint32_t{0}));
  EXPECT_FALSE(passes(filter, 0x40000000));  // amd64's second table, x32
  return numbers;
}

constexpr Schemes all_schemes = healthcheck::every_scheme;

Names names_of(Schemes schemes) {
  Names names;
  for (const auto& row : healthcheck::needed_calls)
    if ((row.schemes & schemes) != 0) names.insert(row.call.name);
  return names;
}

struct Row {
  const char* target;
  Schemes schemes;
};
const Row rows[] = {
    {"`http://`, `udp://`", healthcheck::set_of(Scheme::Http)},
    {"`http://`, `udp://`", healthcheck::set_of(Scheme::Udp)},
    {"`tcp://`, `grpc://`", healthcheck::set_of(Scheme::Tcp)},
    {"`tcp://`, `grpc://`", healthcheck::set_of(Scheme::Grpc)},
    {"`unix://`", healthcheck::set_of(Scheme::Unix)},
    {"`file://`", healthcheck::set_of(Scheme::File)},
    {"`pid://`", healthcheck::set_of(Scheme::Pid)},
};

TEST(Confinement, FilterPassesTheCallsThatTheTargetsNeed) {
  for (Schemes schemes = 1; schemes <= all_schemes; ++schemes) {
    std::set<std::uint32_t> numbers;
    for (const auto& row : healthcheck::needed_calls)
      if ((row.schemes & schemes) != 0) numbers.insert(row.call.number);
    EXPECT_EQ(passing(healthcheck::filter_for(schemes)), numbers) << int{schemes};
  }
}

TEST(Confinement, FilterPassesExactlyTheCallsOfItsList) {
  const std::array one{ALLOWED_CALL(read)};
  EXPECT_EQ(passing(sys::make_filter(one)), (std::set<std::uint32_t>{SYS_read}));
  const std::array three{ALLOWED_CALL(close), ALLOWED_CALL(read), ALLOWED_CALL(openat)};
  EXPECT_EQ(passing(sys::make_filter(three)), (std::set<std::uint32_t>{SYS_read, SYS_close, SYS_openat}));
  EXPECT_FALSE(passes(sys::make_filter(three), SYS_openat, O_RDWR));
}

TEST(Confinement, FilterRefusesCallsOfOtherArchitectures) {
  for (const auto other : std::array<std::uint32_t, 3>{AUDIT_ARCH_I386, AUDIT_ARCH_ARM, AUDIT_ARCH_S390}) {
    for (std::uint32_t number = 0; number < 512; ++number)
      EXPECT_FALSE(passes(healthcheck::filter_for(all_schemes), number, 0, other));
  }
}

TEST(Confinement, FilterLetsFilesBeOpenedOnlyForReading) {
  const struct {
    int flags;
    bool pass;
  } table[] = {
      {O_RDONLY, true},
      {O_RDONLY | O_CLOEXEC | O_LARGEFILE, true},
      {O_RDONLY | O_CLOEXEC | O_DIRECTORY, true},
      {O_WRONLY, false},
      {O_RDWR, false},
      {O_RDONLY | O_CREAT, false},
      {O_RDONLY | O_TRUNC, false},
      {O_WRONLY | O_CREAT | O_APPEND, false},
      {O_TMPFILE | O_RDWR, false},
  };
  for (const auto& row : table) {
    EXPECT_EQ(passes(healthcheck::filter_for(all_schemes), SYS_openat, row.flags), row.pass) << row.flags;
  }
}

// A call that has two forms because time_t once had 32 bits counts as one.
std::size_t count_of(const Names& names) {
  return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), [](const std::string& name) {
    return !name.ends_with("64") || name == "getdents64";
  }));
}

TEST(Confinement, ListsAreShort) {
  for (const Row& row : rows) EXPECT_LE(count_of(names_of(row.schemes)), 14U) << row.target;
}

// Returns the names in the row of SECURITY.md's table that begins with this text.
Names documented(const std::string& subject) {
  std::ifstream file{SOURCE_DIR "/SECURITY.md"};
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| " + subject + " |")) continue;
    Names names;
    std::size_t at = line.find('|', 2);
    while ((at = line.find('`', at)) != line.npos) {
      const std::size_t end = line.find('`', at + 1);
      names.insert(line.substr(at + 1, end - at - 1));
      at = end + 1;
    }
    return names;
  }
  return {};
}

TEST(Confinement, SecurityMdNamesTheCalls) {
  for (const Row& row : rows) EXPECT_EQ(documented(row.target), names_of(row.schemes)) << row.target;
}

// As seccomp_is_const_allow() of the kernel reads it: such a load ends its run, so nothing is cached.
TEST(Confinement, KernelRunsTheFilterForNoCache) {
  const auto filter = healthcheck::filter_for(all_schemes);
  EXPECT_EQ(filter[0].code, BPF_LD | BPF_W | BPF_ABS);
  EXPECT_GE(filter[0].k, offsetof(seccomp_data, instruction_pointer));
}

}  // namespace
