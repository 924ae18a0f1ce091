// Files, descriptors, directories, clocks and randomness.
#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <set>
#include <string>

#include "child.hpp"
#include "sys/clock.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"
#include "sys/file_age.hpp"
#include "sys/random.hpp"

namespace sys {
namespace {

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0); }
  ~Pipe() {
    for (const int end : ends) ::close(end);
  }
  int ends[2] = {-1, -1};
};

class FilesTest : public testing::Test {
 protected:
  FilesTest() {
    EXPECT_NE(::mkdtemp(directory_.data()), nullptr);
    path_ = directory_ + "/file";
  }
  ~FilesTest() override {
    ::unlink(path_.c_str());
    ::rmdir(directory_.c_str());
  }
  void write_text(const std::string& text) const {
    auto file = open_file(path_.c_str(), O_WRONLY | O_CREAT);
    ASSERT_TRUE(file);
    EXPECT_TRUE(write_all(*file, text));
    close(*file);
  }

  std::string directory_ = testing::TempDir() + "sys-XXXXXX";
  std::string path_;
};

TEST_F(FilesTest, FileIsReadAsFarAsItFits) {
  write_text("hello");
  std::array<char, 16> large{};
  std::array<char, 3> small{};
  auto whole = read_file(path_.c_str(), large), part = read_file(path_.c_str(), small);
  ASSERT_TRUE(whole && part);
  EXPECT_EQ(std::string(large.data(), *whole), "hello");
  EXPECT_EQ(std::string(small.data(), *part), "hel");
  EXPECT_EQ(read_file("/nonexistent", large).error().code, ENOENT);
}

TEST_F(FilesTest, FifoWithoutAWriterIsEmptyAndNeverWaitedFor) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  std::array<char, 16> buffer{};
  auto size = read_file(path_.c_str(), buffer);
  ASSERT_TRUE(size);
  EXPECT_EQ(*size, 0U);
  const int writer = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_EQ(read_file(path_.c_str(), buffer).error().code, EAGAIN);
  ::close(writer);
}

TEST_F(FilesTest, AgeIsExactAndNegativeInTheFuture) {
  write_text("");
  timespec now{};
  ASSERT_TRUE(read_clock(CLOCK_REALTIME, now));
  for (const int seconds_old : {5, 0, -60}) {
    const timespec time{now.tv_sec - seconds_old, now.tv_nsec};
    const timespec times[] = {time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
    auto age = age_of_file(path_.c_str());
    ASSERT_TRUE(age);
    EXPECT_GE(*age, base::seconds(seconds_old));
    EXPECT_LT(*age, base::seconds(seconds_old + 30)) << "half a minute for this test is enough";
  }
  EXPECT_EQ(age_of_file("/nonexistent").error().code, ENOENT);
}

TEST_F(FilesTest, DirectoryListsItsNumbers) {
  auto directory = open_directory("/proc/self/fd");
  ASSERT_TRUE(directory);
  NumberedEntries entries{*directory, 1'000'000};
  std::set<std::uint64_t> numbers;
  while (auto number = entries.next()) numbers.insert(*number);
  EXPECT_TRUE(numbers.contains(static_cast<std::uint64_t>(*directory)));
  EXPECT_TRUE(entries.are_complete());
  close(*directory);
  EXPECT_EQ(open_directory(path_.c_str()).error().code, ENOENT);
  EXPECT_EQ(::fcntl(*directory, F_GETFD), -1) << "it was closed";
}

TEST_F(FilesTest, DirectoryIsChanged) {
  EXPECT_EQ(status_in_child([&] {
              std::array<char, 4096> now{};
              if (!change_directory(directory_.c_str())) return 1;
              return ::getcwd(now.data(), now.size()) != nullptr && directory_ == now.data() ? 0 : 2;
            }),
            0);
  EXPECT_EQ(change_directory("/nonexistent").error().code, ENOENT);
}

TEST(Pipes, WriteReportsWhatThePipeTook) {
  Pipe pipe;
  std::size_t written = 0;
  const std::string text(100'000, 'x');
  for (;;) {
    auto size = write(pipe.ends[1], text);
    if (!size) {
      EXPECT_EQ(size.error().code, EAGAIN);
      break;
    }
    written += *size;
  }
  EXPECT_GE(written, 4096U);
  EXPECT_EQ(write_all(pipe.ends[1], "x").error().code, EAGAIN);
  std::array<char, 4096> buffer{};
  EXPECT_EQ(*read(pipe.ends[0], buffer), buffer.size());
}

TEST(Descriptors, AllAboveAreClosedButTheKeptOne) {
  EXPECT_EQ(status_in_child([] {
              for (const int open : {10, 11, 300}) ::dup2(2, open);
              close_all_above(9, 11);
              if (::fcntl(2, F_GETFD) < 0 || ::fcntl(11, F_GETFD) < 0) return 1;
              return ::fcntl(10, F_GETFD) < 0 && ::fcntl(300, F_GETFD) < 0 ? 0 : 2;
            }),
            0);
}

TEST(Clocks, MonotonicOneNeverGoesBack) {
  const base::Instant first = now(), second = now();
  EXPECT_GT(first, base::Instant{});
  EXPECT_GE(second, first);
}

TEST(Clocks, TimeOfDayIsLibcs) {
  const std::int64_t before = ::time(nullptr);
  auto seconds = seconds_since_1970();
  ASSERT_TRUE(seconds);
  EXPECT_GE(*seconds, before);
  EXPECT_LE(*seconds, ::time(nullptr) + 1);
  timespec time{};
  EXPECT_EQ(read_clock(-1, time).error().code, EINVAL);
}

TEST(Random, BytesDiffer) {
  std::array<std::uint8_t, 32> first{}, second{};
  ASSERT_TRUE(fill_random(first) && fill_random(second));
  EXPECT_NE(first, second);
}

}  // namespace
}  // namespace sys
