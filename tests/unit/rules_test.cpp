// Tests the rules of the project that no single file can show.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

template <class Check>
void for_each_source(Check check) {
  int files = 0;
  for (const char* directory : {"base", "sys", "init", "healthcheck"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path{SOURCE_DIR} / directory)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      std::ifstream file{entry.path()};
      check(fs::relative(entry.path(), SOURCE_DIR).string(), file);
      ++files;
    }
  }
  EXPECT_GT(files, 30);
}

bool acts(const std::string& path) { return path.starts_with("sys/") || path == "init/spawn.cpp"; }

TEST(Rules, OnlyFilesThatActIncludeTheSystem) {
  for_each_source([](const std::string& path, std::ifstream& file) {
    for (std::string line; std::getline(file, line);) {
      bool includes_system = line.starts_with("#include <unistd.h>") || line.starts_with("#include <sys/") ||
                             line.starts_with("#include <poll.h>");
      EXPECT_TRUE(!includes_system || acts(path)) << path << ": " << line;
    }
  });
}

TEST(Rules, NoHeapNoStreamsNoExceptions) {
  for_each_source([](const std::string& path, std::ifstream& file) {
    for (std::string line; std::getline(file, line);)
      for (const char* word :
           {"malloc(", " new ", "std::string ", "std::vector", "iostream", "<cstdio>", "throw ", "printf("})
        EXPECT_EQ(line.substr(0, line.find("//")).find(word), line.npos) << path << ": " << line;
  });
}

TEST(Rules, FilesStayShort) {
  for_each_source([](const std::string& path, std::ifstream& file) {
    int lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    EXPECT_LE(lines, 250) << path;
  });
}

}  // namespace
