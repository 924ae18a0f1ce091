// Tests security promises 3 and 5 of the contract, and the budgets of bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "elf_file.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"

namespace {

struct Architecture {
  const char* name;
  Kind kind;
};

constexpr unsigned le = ELFDATA2LSB, be = ELFDATA2MSB;
const Architecture architectures[] = {
    {"amd64", {ELFCLASS64, le, EM_X86_64, 0}},
    {"arm64", {ELFCLASS64, le, EM_AARCH64, 0}},
    {"arm", {ELFCLASS32, le, EM_ARM, EF_ARM_EABI_VER5 | EF_ARM_ABI_FLOAT_HARD}},
    {"386", {ELFCLASS32, le, EM_386, 0}},
    {"ppc64le", {ELFCLASS64, le, EM_PPC64, 2}},  // the second ABI
    {"riscv64", {ELFCLASS64, le, EM_RISCV, EF_RISCV_RVC | EF_RISCV_FLOAT_ABI_DOUBLE}},
    {"s390x", {ELFCLASS64, be, EM_S390, 0}},
};

struct Budget {
  const char* program;
  std::size_t bytes;  // on amd64
};

const Budget budgets[] = {
    {"init", 24'576},
    {"healthcheck", 34'816},
    {"healthcheck-tls", 57'344},
};

struct Program {
  const char* name;
  std::size_t budget;
  std::optional<Architecture> architecture = {};  // null: the host's, from the plain release preset
};

Program on(const Architecture& architecture, const Budget& budget) {
  const bool other = std::string{"amd64"} != architecture.name;
  return {budget.program, other ? budget.bytes * 3 / 2 : budget.bytes, architecture};
}

std::vector<Program> on_this_machine() {
  std::vector<Program> programs;
  for (const Budget& budget : budgets) programs.push_back({budget.program, budget.bytes});
  return programs;
}

std::vector<Program> on_every_architecture() {
  std::vector<Program> programs;
  for (const Architecture& one : architectures) {
    for (const Budget& budget : budgets) programs.push_back(on(one, budget));
  }
  return programs;
}

// GoogleTest allows no hyphen in a name.
std::string title_of(std::string program) {
  std::ranges::replace(program, '-', '_');
  return program;
}

class ElfTest : public testing::TestWithParam<Program> {
 protected:
  static std::string path_of(const Program& program) {
    if (!program.architecture) return harness::shipped(program.name);
    return std::string{SOURCE_DIR "/build/release-"} + program.architecture->name + "/bin/" + program.name;
  }

  std::string path_ = path_of(GetParam());
  ElfFile file_{path_};

  std::size_t count(unsigned type) const {
    std::size_t number = 0;
    for (const Segment& segment : file_.segments()) number += segment.type == type ? 1 : 0;
    return number;
  }
};

TEST_P(ElfTest, IsWithinItsBudget) { EXPECT_LE(file_.size(), GetParam().budget); }

TEST_P(ElfTest, IsForItsArchitecture) {
  if (!GetParam().architecture) {
    EXPECT_EQ(file_.kind(), ElfFile{"/proc/self/exe"}.kind());
    return;
  }
  EXPECT_EQ(file_.kind(), GetParam().architecture->kind) << std::hex << file_.kind().flags;
}

TEST_P(ElfTest, IsStaticPositionIndependentExecutable) {
  EXPECT_EQ(file_.type(), unsigned{ET_DYN});
  EXPECT_EQ(count(PT_INTERP), 0U);
  EXPECT_TRUE(file_.dynamic(DT_NEEDED).empty());
  EXPECT_TRUE(file_.dynamic(DT_TEXTREL).empty());
  harness::Outcome outcome = harness::run({"file", "--brief", path_});
  EXPECT_NE(outcome.out.find("static-pie"), std::string::npos) << outcome.out;
}

// The programs' own start would not run any (sys/start.cpp).
TEST_P(ElfTest, HasNoConstructors) {
  EXPECT_TRUE(file_.dynamic(DT_INIT_ARRAY).empty());
  EXPECT_TRUE(file_.dynamic(DT_PREINIT_ARRAY).empty());
}

TEST_P(ElfTest, NoSegmentIsWritableAndExecutable) {
  for (const Segment& segment : file_.segments())
    EXPECT_NE(segment.flags & (PF_W | PF_X), unsigned{PF_W | PF_X});
}

TEST_P(ElfTest, StackIsNotExecutable) {
  ASSERT_EQ(count(PT_GNU_STACK), 1U);
  for (const Segment& segment : file_.segments()) {
    if (segment.type == PT_GNU_STACK) {
      EXPECT_EQ(segment.flags & PF_X, 0U);
    }
  }
}

TEST_P(ElfTest, HasRelocationsToSeal) { EXPECT_EQ(count(PT_GNU_RELRO), 1U); }

TEST_P(ElfTest, NamesNoShell) {
  for (const char* shell : {"/sh", "bash", "busybox", "system("})
    EXPECT_FALSE(file_.contains(shell)) << shell;
}

TEST_P(ElfTest, NamesNoPathOfItsBuild) {
  for (const char* place : {"/home/", "/build/", "/usr/lib/llvm", ".cpp"})
    EXPECT_FALSE(file_.contains(place)) << place;
}

// With interprocedural register allocation, clang 19 may not save the frame pointer of a caller on amd64
// (llvm/llvm-project pull request 109597), so no function may have one.
class Amd64Test : public testing::TestWithParam<const char*> {};

TEST_P(Amd64Test, NoFunctionHasFramePointer) {
  const ElfFile file{std::string{SOURCE_DIR "/build/release-amd64/bin/"} + GetParam()};
  // A frame begins with both. In the middle of a function, the second may only be the address of a variable.
  EXPECT_FALSE(file.contains("\x55\x48\x89\xe5")) << "push %rbp; mov %rsp,%rbp";
  EXPECT_FALSE(file.contains("\x55\x48\x8b\xec")) << "the same in its other encoding";
}

// The programs' own start applies no other kind (sys/entry.cpp).
TEST_P(Amd64Test, HasPackedRelocationsOnly) {
  const ElfFile file{std::string{SOURCE_DIR "/build/release-amd64/bin/"} + GetParam()};
  EXPECT_EQ(file.dynamic(DT_RELR).size(), 1U);
  EXPECT_TRUE(file.dynamic(DT_RELA).empty());
  EXPECT_TRUE(file.dynamic(DT_REL).empty());
  EXPECT_TRUE(file.dynamic(DT_JMPREL).empty());
}

INSTANTIATE_TEST_SUITE_P(Architectures, Amd64Test, testing::Values("init", "healthcheck", "healthcheck-tls"),
                         [](const auto& program) { return title_of(program.param); });

INSTANTIATE_TEST_SUITE_P(Shipped, ElfTest, testing::ValuesIn(on_this_machine()),
                         [](const auto& program) { return title_of(program.param.name); });

INSTANTIATE_TEST_SUITE_P(Architectures, ElfTest, testing::ValuesIn(on_every_architecture()),
                         [](const auto& program) {
                           return title_of(program.param.name) + "_on_" + program.param.architecture->name;
                         });

}  // namespace
