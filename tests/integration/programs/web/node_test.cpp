// Tests Node.js under init: it waits neither for the children of its children nor for children that it
// detaches.
#include <gtest/gtest.h>
#include <signal.h>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;

constexpr std::size_t orphans = 30;

Words node(const std::string& script, const Words& arguments = {}) {
  Words words{installed("node"), "-e", script, "--"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

// Thirty shells that each leave a process behind. These end with the standard input, a pipe of the test, long
// after node has reaped their parents.
const std::string leaves_orphans = R"(
  const { spawn } = require('child_process');
  let shells = 30;
  for (let n = shells; n > 0; --n) {
    const shell = spawn('sh', ['-c', 'exec 3<&0; head -c 1 <&3 & exit'], { stdio: ['inherit', 'ignore', 'ignore'] });
    shell.on('exit', () => { if (--shells === 0) console.log('ready'); });
  }
  setInterval(() => {}, 1 << 30);
)";

harness::ContainerOptions with_input() {
  harness::ContainerOptions options = secluded();
  options.process.input = harness::Input::pipe;
  return options;
}

TEST(Node, OrphansItDoesNotWaitForAreReaped) {
  Container container = under_init({}, node(leaves_orphans), with_input());
  container.init().wait_for_line("ready");
  eventually("they are init's", [&] { return harness::children_of(container.pid()).size() == orphans + 1; });
  EXPECT_EQ(container.members().size(), orphans + 2);
  container.init().close_input();
  expect_members(container, 2);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 128 + SIGTERM);
}

// Negative control: the same without init.
TEST(Node, LeavesZombiesAsPid1) {
  Container container{node(leaves_orphans), with_input()};
  container.init().wait_for_line("ready");
  container.init().close_input();
  eventually("all are zombies", [&] { return container.zombies() == orphans; });
  // PID 1 never receives a SIGTERM whose disposition is the default.
  container.init().send(SIGTERM);
  EXPECT_TRUE(container.init().running());
}

// A detached child in a session of its own, with work to do when it is asked to stop.
const std::string detaches = R"(
  const { spawn } = require('child_process');
  const file = process.argv[1];
  const work = 'process.on("SIGTERM", () => { setTimeout(() => {' +
      '  require("fs").writeFileSync(process.argv[1], "finished"); process.exit(); }, 300); });' +
      'setInterval(() => {}, 1 << 30); console.log("ready");';
  const child = spawn(process.execPath, ['-e', work, '--', file], { detached: true, stdio: 'inherit' });
  child.unref();
  process.on('SIGTERM', () => process.exit(3));
  setInterval(() => {}, 1 << 30);
)";

TEST(Node, DetachedChildFinishesItsWorkAfterTheEnd) {
  const harness::TemporaryDirectory directory;
  const std::string file = directory / "work";
  Container container = under_init({}, node(detaches, {file}));
  container.init().wait_for_line("ready");
  expect_members(container, 3);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 3);
  EXPECT_EQ(harness::read_file(file), "finished");
}

TEST(Node, DetachedChildIsCutOffWithoutDrain) {
  const harness::TemporaryDirectory directory;
  const std::string file = directory / "work";
  Container container = under_init({"--drain=0"}, node(detaches, {file}));
  container.init().wait_for_line("ready");
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 3);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Node, StatusIsItsOwnWhateverItsChildrenDo) {
  const std::string script = R"(
    const { spawn } = require('child_process');
    spawn('sleep', ['1000']);
    spawn('sh', ['-c', 'exit 9']).on('exit', () => process.exit(7));
  )";
  EXPECT_EQ(under_init({}, node(script)).wait().status, 7);
}

}  // namespace
}  // namespace programs
