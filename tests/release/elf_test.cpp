// Contract, security promises 3 and 5, and the budgets of bytes.
#include <gtest/gtest.h>

#include "elf_file.hpp"
#include "support/process.hpp"
#include "support/programs.hpp"

namespace {

struct Program {
  const char* name;
  std::size_t budget;
};

class ElfTest : public testing::TestWithParam<Program> {
 protected:
  std::string path_ = support::shipped(GetParam().name);
  ElfFile file_{path_};

  std::size_t count(unsigned type) const {
    std::size_t number = 0;
    for (const Segment& segment : file_.segments()) number += segment.type == type ? 1 : 0;
    return number;
  }
};

TEST_P(ElfTest, IsWithinItsBudget) { EXPECT_LE(file_.size(), GetParam().budget); }

TEST_P(ElfTest, IsAStaticPositionIndependentExecutable) {
  EXPECT_EQ(file_.type(), unsigned{ET_DYN});
  EXPECT_EQ(count(PT_INTERP), 0U);
  EXPECT_TRUE(file_.dynamic(DT_NEEDED).empty());
  EXPECT_TRUE(file_.dynamic(DT_TEXTREL).empty());
  support::Outcome outcome = support::run({"file", "--brief", path_});
  EXPECT_NE(outcome.out.find("static-pie"), std::string::npos) << outcome.out;
}

TEST_P(ElfTest, NoSegmentIsWritableAndExecutable) {
  for (const Segment& segment : file_.segments())
    EXPECT_NE(segment.flags & (PF_W | PF_X), unsigned{PF_W | PF_X});
}

TEST_P(ElfTest, TheStackIsNotExecutable) {
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

TEST_P(ElfTest, NamesNoPlaceOfItsBuild) {
  for (const char* place : {"/home/", "/build/", "/usr/lib/llvm", ".cpp"})
    EXPECT_FALSE(file_.contains(place)) << place;
}

INSTANTIATE_TEST_SUITE_P(Shipped, ElfTest,
                         testing::Values(Program{"init", 20'480}, Program{"healthcheck", 28'672}),
                         [](const auto& program) { return program.param.name; });

}  // namespace
