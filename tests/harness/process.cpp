#include "harness/process.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "harness/proc.hpp"
#include "harness/start/child.hpp"

namespace harness {
namespace {

[[noreturn]] void too_late(const Child& child, std::string_view awaited) {
  throw std::runtime_error("timed out waiting for " + std::string{awaited} + ": " + child.describe());
}

Outcome outcome_of(const Child& child) {
  Outcome outcome;
  const int status = child.wait_status();
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  outcome.out = child.text(Stream::out);
  outcome.err = child.text(Stream::err);
  outcome.elapsed = child.elapsed();
  return outcome;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Options& options)
    : child_{std::make_shared<Child>(arguments, options, nullptr, -1)} {}

Process::Process(const std::vector<std::string>& arguments, const Options& options,
                 const Isolation& isolation, int join)
    : child_{std::make_shared<Child>(arguments, options, &isolation, join)} {}

Process::Process(Process&&) noexcept = default;

Process& Process::operator=(Process&& other) noexcept {
  child_.swap(other.child_);
  companions_.swap(other.companions_);
  return *this;
}

Process::~Process() {
  if (child_ == nullptr || child_->ended()) return;
  try {
    stop();
  } catch (const std::exception&) {
    // Child's destructor kills and reaps once more, without a limit.
  }
}

pid_t Process::pid() const { return child_->pid(); }
int Process::pidfd() const { return child_->pidfd(); }

bool Process::running() {
  child_->collect();
  return !child_->ended();
}

void Process::send(int signal) const { child_->send(signal); }

void Process::send(int signal, int value) const {
  union sigval payload{};
  payload.sival_int = value;
  checked(::sigqueue(pid(), signal, payload), "sigqueue");
}

void Process::type(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(child_->input().get(), text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    // A process that has ended no longer reads: the test will see that it has ended.
    if (size < 0 && errno == EPIPE) return;
    if (size < 0) checked(-1, "write to " + child_->describe());
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

void Process::close_input() { child_->input().close(); }

std::string Process::read_line(Stream stream, std::chrono::milliseconds limit) {
  const Deadline deadline{limit};
  std::string line;
  while (!child_->next_line(stream, line)) {
    if (child_->at_end(stream) || !child_->pump(deadline)) too_late(*child_, "a line");
  }
  return line;
}

std::string Process::wait_for_line(std::string_view text, Stream stream, std::chrono::milliseconds limit) {
  const Deadline deadline{limit};
  std::string line;
  for (;;) {
    while (child_->next_line(stream, line)) {
      if (line.contains(text)) return line;
    }
    if (child_->at_end(stream) || !child_->pump(deadline)) too_late(*child_, '"' + std::string{text} + '"');
  }
}

void Process::wait_for_end_of_output(std::chrono::milliseconds limit) {
  const Deadline deadline{limit};
  while (!child_->at_end(Stream::out) || !child_->at_end(Stream::err)) {
    if (!child_->pump(deadline)) too_late(*child_, "the end of its output");
  }
}

void Process::wait_until_stopped(std::chrono::milliseconds limit) {
  eventually("stopped: " + child_->describe(), [&] { return state_of(pid()) == 'T'; }, limit);
}

const std::string& Process::out() {
  child_->pump(Deadline{std::chrono::milliseconds{0}});
  return child_->text(Stream::out);
}

const std::string& Process::err() {
  child_->pump(Deadline{std::chrono::milliseconds{0}});
  return child_->text(Stream::err);
}

void Process::reap_companions(const Deadline& deadline) {
  std::vector<int> alive;
  for (const auto& companion : companions_) {
    const auto child = companion.lock();
    if (child == nullptr) continue;
    child->collect();
    if (!child->ended()) alive.push_back(child->pidfd());
  }
  if (!child_->pump(deadline, alive)) too_late(*child_, "its end");
}

Outcome Process::wait(std::chrono::milliseconds limit) {
  const Deadline deadline{limit};
  while (!child_->ended()) reap_companions(deadline);
  return outcome_of(*child_);
}

Outcome Process::stop() {
  if (running()) child_->send(SIGKILL);
  return wait();
}

Outcome run(const std::vector<std::string>& arguments, const Options& options,
            std::chrono::milliseconds limit) {
  return Process{arguments, options}.wait(limit);
}

}  // namespace harness
