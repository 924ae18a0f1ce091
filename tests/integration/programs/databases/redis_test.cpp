// Tests Redis under init: the data that SIGTERM saves, and the time that --grace gives it.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "client.hpp"
#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using namespace std::chrono_literals;
using harness::Container;

constexpr std::string_view ready = "ready to accept connections";
constexpr int keys = 1'000;

class Redis {
 public:
  // Writing a key of the data set takes this many additional microseconds.
  Words command(int microseconds_a_key) const {
    return {installed("redis-server"),
            "--port",
            "0",
            "--unixsocket",
            directory_ / "socket",
            "--dir",
            directory_.path(),
            "--save",
            "3600 1",
            "--rdb-key-save-delay",
            std::to_string(microseconds_a_key)};
  }
  // Returns the answer to one command.
  std::string ask(const std::string& question) const {
    Client client{directory_ / "socket"};
    client.send(question + "\r\nQUIT\r\n");
    return client.read_to_end();
  }
  void fill() const {
    const std::string script = "for i=1,ARGV[1] do redis.call('set',i,i) end return redis.call('dbsize')";
    EXPECT_EQ(ask("EVAL \"" + script + "\" 0 " + std::to_string(keys)), ":1000\r\n+OK\r\n");
  }
  bool saved() const { return std::filesystem::exists(directory_ / "dump.rdb"); }

 private:
  harness::TemporaryDirectory directory_;
};

TEST(Redis, SigtermSavesDataSetBeforeGraceEnds) {
  const Redis redis;
  // Half a second of work.
  Container container = under_init({"--grace=15s"}, redis.command(500));
  container.init().wait_for_line(ready);
  redis.fill();
  EXPECT_FALSE(redis.saved());
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_LT(outcome.elapsed, 15s);
  EXPECT_TRUE(outcome.out.contains("Received SIGTERM scheduling shutdown")) << outcome.out;
  EXPECT_TRUE(outcome.out.contains("DB saved on disk")) << outcome.out;
  EXPECT_EQ(outcome.err, "");

  Container next = under_init({}, redis.command(0));
  next.init().wait_for_line(ready);
  EXPECT_EQ(redis.ask("GET 1000"), "$4\r\n1000\r\n+OK\r\n");
  EXPECT_EQ(redis.ask("DBSIZE"), ":1000\r\n+OK\r\n");
}

// Negative control: the result of an init that kills too early.
TEST(Redis, LosesDataSetIfGraceIsTooShort) {
  const Redis redis;
  // A hundred seconds of work.
  Container container = under_init({"--grace=200ms"}, redis.command(100'000));
  container.init().wait_for_line(ready);
  redis.fill();
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 128 + SIGKILL);
  EXPECT_TRUE(outcome.err.contains("killing redis-server (PID 2), which did not stop in time"))
      << outcome.err;
  EXPECT_FALSE(redis.saved());
}

}  // namespace
}  // namespace programs
