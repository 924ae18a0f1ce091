// Tests Celery under init: its worker finishes the task that runs when SIGTERM comes.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::Stream;

// The broker is a directory, and the task runs until the test opens its FIFO.
constexpr std::string_view tasks = R"(
import sys
from celery import Celery

app = Celery('tasks', broker='filesystem://')
app.conf.broker_transport_options = dict(data_folder_in='queue', data_folder_out='queue', control_folder='control')

@app.task
def work():
    print('task started', file=sys.__stdout__, flush=True)
    open('go').close()
    print('task finished', file=sys.__stdout__, flush=True)
)";

class Celery : public testing::Test {
 protected:
  Celery() {
    harness::write_file(directory_ / "tasks.py", tasks);
    std::filesystem::create_directory(directory_ / "queue");
    std::filesystem::create_directory(directory_ / "control");
    EXPECT_EQ(::mkfifo((directory_ / "go").c_str(), 0600), 0);
  }

  // Starts a worker with one process of its pool, and gives it a task.
  Container start_task(const Words& options) {
    Words worker = python({"-m", "celery", "-A", "tasks", "worker", "--concurrency=1", "--without-mingle",
                           "--without-gossip", "--without-heartbeat", "--loglevel=INFO"});
    Container container = under_init(options, worker, in_directory());
    container.init().wait_for_line("ready.", Stream::err);
    const harness::Outcome sent =
        container.exec(python({"-c", "import tasks; tasks.work.delay()"}), in_directory().process).wait();
    EXPECT_EQ(sent.status, 0) << sent.err;
    container.init().wait_for_line("task started");
    return container;
  }

  void let_it_finish() const { harness::write_file(directory_ / "go", ""); }

 private:
  static Words python(const Words& arguments) {
    Words words{"/usr/bin/python3"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }

  harness::ContainerOptions in_directory() const {
    harness::ContainerOptions container = secluded();
    container.process.directory = directory_.path();
    container.process.environment = {"PYTHONDONTWRITEBYTECODE=1", "HOME=" + directory_.path().string()};
    return container;
  }

  harness::TemporaryDirectory directory_;
};

TEST_F(Celery, WorkerFinishesItsTaskAtSigterm) {
  Container container = start_task({});
  container.init().send(SIGTERM);
  container.init().wait_for_line("Warm shutdown", Stream::err);
  let_it_finish();
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.contains("task finished")) << outcome.out << outcome.err;
  EXPECT_TRUE(outcome.err.contains("succeeded in")) << outcome.err;
}

// Negative control: the processes of the pool have no handler, and in the group they get the signal too.
TEST_F(Celery, GroupKillsTheTask) {
  Container container = start_task({"--group"});
  container.init().send(SIGTERM);
  container.init().wait_for_line("exited with 'signal 15 (SIGTERM)'", Stream::err);
}

}  // namespace
}  // namespace programs
