// The rules of the source tree, and that each check finds a violation that is put in.
#include "rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;
using rules::Violations;

const fs::path source_dir{SOURCE_DIR};

bool starts_with_any(const std::string& path, std::initializer_list<const char*> prefixes) {
  for (const char* prefix : prefixes)
    if (path.starts_with(prefix)) return true;
  return false;
}

// docs/architecture.md has the same list.
bool decides(const std::string& path) {
  return starts_with_any(path, {"base/", "init/config.", "init/options.", "init/split.", "init/supervisor.",
                                "healthcheck/target/", "healthcheck/protocol/", "healthcheck/attempts.",
                                "healthcheck/config.", "healthcheck/options."});
}

std::string joined(const Violations& violations) {
  std::string text;
  for (const std::string& violation : violations) text += violation + "\n";
  return text;
}

std::string read(const std::string& path) {
  std::ifstream file{source_dir / path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(Rules, DecidingFilesReachNoSystemCall) {
  const auto files = rules::sources(source_dir, {"base", "init", "healthcheck"});
  EXPECT_GT(std::ranges::count_if(files, decides), 30);
  EXPECT_EQ(joined(rules::acting_includes(source_dir, files, decides)), "");
}

TEST(Rules, FoldersDoNotIncludeEachOther) {
  const auto files = rules::sources(source_dir, {"base", "sys", "init", "healthcheck"});
  EXPECT_EQ(joined(rules::folder_circles(source_dir, files)), "");
}

TEST(Rules, NoGlobalIsMutable) {
  for (const auto& file : rules::sources(source_dir, {"base", "init", "healthcheck"}))
    EXPECT_EQ(joined(rules::mutable_globals(source_dir, file)), "");
}

TEST(Rules, FilesFunctionsAndParameterListsStayShort) {
  for (const auto& file :
       rules::sources(source_dir, {"base", "sys", "init", "healthcheck", "tests", "tools"}))
    EXPECT_EQ(joined(rules::long_parts(source_dir, file)), "");
}

TEST(Rules, ProductUsesNoHeapNoStreamsAndNoExceptions) {
  for (const auto& file : rules::sources(source_dir, {"base", "sys", "init", "healthcheck"})) {
    std::istringstream text{read(file)};
    for (std::string line; std::getline(text, line);)
      for (const char* word :
           {"malloc(", " new ", "std::string ", "std::vector", "iostream", "<cstdio>", "throw ", "printf("})
        EXPECT_EQ(line.substr(0, line.find("//")).find(word), line.npos) << file << ": " << line;
  }
}

// A small source tree that ends with the test.
class RulesOnATree : public testing::Test {
 protected:
  RulesOnATree() { fs::create_directories(root_ / "base"), fs::create_directories(root_ / "sys"); }
  ~RulesOnATree() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) { std::ofstream{root_ / path} << text; }
  Violations includes() const {
    return rules::acting_includes(root_, rules::sources(root_, {"base"}), decides);
  }
  Violations circles() const { return rules::folder_circles(root_, rules::sources(root_, {"base", "sys"})); }
  Violations globals(const std::string& text) {
    write("base/a.cpp", text);
    return rules::mutable_globals(root_, "base/a.cpp");
  }
  Violations long_parts(const std::string& text) {
    write("base/a.cpp", text);
    return rules::long_parts(root_, "base/a.cpp");
  }

 private:
  std::string template_ = fs::temp_directory_path() / "rules-XXXXXX";
  fs::path root_ = ::mkdtemp(template_.data());
};

TEST_F(RulesOnATree, IncludeOfAnActingFileIsFoundThroughOthers) {
  write("sys/clock.hpp", "");
  write("base/c.hpp", "  #  include \"sys/clock.hpp\"\n");
  write("base/b.hpp", "#include <string_view>\n#include \"base/c.hpp\"\n#include \"base/a.hpp\"\n");
  write("base/a.hpp", "#include \"base/b.hpp\"\n");
  const Violations found = includes();
  ASSERT_EQ(found.size(), 3U);  // of a, b and c
  EXPECT_EQ(found[0], "base/a.hpp -> base/b.hpp -> base/c.hpp -> sys/clock.hpp");
}

TEST_F(RulesOnATree, SystemHeaderIsFoundAndLibraryHeaderIsNot) {
  for (const char* header : {"unistd.h", "sys/socket.h", "time.h", "poll.h", "fcntl.h", "linux/seccomp.h"}) {
    write("base/a.hpp", std::string{"#include <"} + header + ">\n");
    EXPECT_EQ(joined(includes()), std::string{"base/a.hpp -> "} + header + "\n");
  }
  write("base/a.hpp", "#include <array>\n#include <signal.h>\n#include <errno.h>\n");
  EXPECT_EQ(joined(includes()), "");
}

TEST_F(RulesOnATree, FoldersThatIncludeEachOtherAreFound) {
  write("base/a.hpp", "#include \"sys/b.hpp\"\n#include \"base/c.hpp\"\n");
  write("sys/b.hpp", "#include <array>\n");
  EXPECT_EQ(joined(circles()), "");
  write("sys/b.hpp", "#include \"base/c.hpp\"\n");
  EXPECT_EQ(joined(circles()), "base -> sys -> base\nsys -> base -> sys\n");
}

TEST_F(RulesOnATree, MutableGlobalsAreFound) {
  for (const char* text :
       {"namespace base {\nint count;\n}\n", "namespace {\nstd::array<int, 3> all{1, 2};\n}\n",
        "int x = f();\n", "const char* x = R\"-(\")-\";\n", "extern Buffer texts;\n", "inline int x{};\n",
        "const char* text = \"a\";\n", "thread_local int x;\n",
        "class A {\n public:\n  static int last;\n};\n", "struct A {\n  inline static int last = 0;\n};\n",
        "void f(int a) {\n  int local;\n}\nint x;\n"})
    EXPECT_EQ(globals(text).size(), 1U) << text;
}

TEST_F(RulesOnATree, ConstantsMembersAndLocalsAreNoMutableGlobals) {
  for (const char* text :
       {"constexpr int x = 3;\n", "inline constexpr std::array all{1, 2};\n", "const int x{3};\n",
        "constexpr auto x = [] {\n  int a = 0;\n  return a;\n}();\n", "extern const Table table;\n",
        "const char* const text = \"int x;\";\n", "// int x;\nusing A = int;\n", "enum class A { B, C };\n",
        "struct A {\n  int member = 0;\n  static constexpr int x = 1;\n};\n", "#define A int x;\n",
        "__extension__ typedef unsigned __int128 Wide;\n", "constexpr char x[] = R\"(\"{\nint a;\n)\";\n",
        "void f() {\n  int local;\n  if (local) {\n    int other{};\n  }\n}\n", "int f(int a = 3);\n"})
    EXPECT_EQ(joined(globals(text)), "") << text;
}

TEST_F(RulesOnATree, LongFilesFunctionsAndParameterListsAreFound) {
  std::string lines;
  for (int i = 0; i < 48; ++i) lines += "  g();\n";
  EXPECT_EQ(joined(long_parts("void f() {\n" + lines + "}\n")), "");
  EXPECT_EQ(long_parts("void f() {\n" + lines + "  g();\n}\n").size(), 1U);
  EXPECT_EQ(long_parts("struct A {\n  void f() {\n" + lines + "  g();\n  }\n};\n").size(), 1U);
  EXPECT_EQ(joined(long_parts("void f() {\n  g(R\"(\"{)\");\n}\n" + lines)), "");
  EXPECT_EQ(joined(long_parts(std::string(250, '\n'))), "");
  EXPECT_EQ(long_parts(std::string(251, '\n')).size(), 1U);
  EXPECT_EQ(joined(long_parts("int f(int a, int b, A<int, int> c, void (*d)(int, int));\n")), "");
  EXPECT_EQ(long_parts("int f(int a, int b, int c, int d, int e);\n").size(), 1U);
  EXPECT_EQ(long_parts("[[nodiscard]] int f(int a, int b, int c, int d, int e) {\n}\n").size(), 1U);
}

}  // namespace
