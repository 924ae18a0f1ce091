#include "supervised.hpp"

#include <atomic>
#include <sstream>
#include <thread>

#include "harness/proc.hpp"

namespace init_test {

using harness::Container;
using harness::ContainerOptions;
using harness::Options;

namespace {

Words with_init(const Words& arguments, const Words& wrapper = {}) {
  Words all = wrapper;
  all.push_back(harness::shipped("init"));
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

ContainerOptions as_container(Options options) {
  ContainerOptions container;
  container.process = std::move(options);
  return container;
}

}  // namespace

const char* text_of(Place place) { return place == Place::first_process ? "FirstProcess" : "Elsewhere"; }

Supervised::Supervised(Place place, const Words& arguments, Options options)
    : Supervised{place, arguments, as_container(std::move(options))} {}

Supervised::Supervised(Place place, const Words& arguments, ContainerOptions options, const Words& wrapper) {
  // Not the terminal that the tests may be run from.
  Options& process = options.process;
  if (process.terminal < 0 && process.session == harness::Session::same)
    process.session = harness::Session::own;
  if (place == Place::first_process) {
    container_.emplace(with_init(arguments, wrapper), options);
    return;
  }
  const Options given = std::exchange(process, {});
  container_.emplace(Words{harness::testprog(), "wait-ms", "1000000"}, options);
  init_.emplace(container_->exec(with_init(arguments, wrapper), given));
}

pid_t Supervised::program() {
  harness::eventually("init has a child", [&] { return !harness::children_of(init().pid()).empty(); });
  return harness::children_of(init().pid()).front();
}

void Supervised::settle() {
  const pid_t pid = init().pid();
  harness::eventually("init waits", [&] {
    // By then a wrapper must have become init.
    return harness::name_of(pid) == "init" && harness::state_of(pid) == 'S' &&
           harness::signal_set(pid, "ShdPnd") == 0 && harness::state_of(pid) == 'S';
  });
}

void expect_only_program_is_left(Supervised& init) {
  const pid_t program = init.program();
  // The kernel's list of children may miss some while others disappear, so the zombies are counted too.
  harness::eventually_while(
      "PROGRAM is init's only child and nobody is a zombie",
      [&] {
        return harness::children_of(init->pid()) == std::vector<pid_t>{program} &&
               init.container().zombies() == 0;
      },
      [&] { return harness::faults_of_reaped(init->pid()); });
}

Outcome outcome_of(Place place, const Words& arguments, Options options) {
  if (place == Place::first_process) return Supervised{place, arguments, options}.wait();
  options.session = harness::Session::own;
  return harness::run(with_init(arguments), options);
}

Words words(std::string_view line) {
  Words result;
  std::istringstream stream{std::string{line}};
  for (std::string word; stream >> word;) {
    if (word == "$testprog") word = harness::testprog();
    if (word == "$init") word = harness::shipped("init");
    result.push_back(word);
  }
  return result;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

State state_from(const std::string& out) {
  State state;
  for (const std::string& line : lines_of(out)) {
    const std::size_t colon = line.find(':');
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    state[line.substr(0, colon)] = value == std::string::npos ? "" : line.substr(value);
  }
  return state;
}

void in_parallel(int count, const std::function<void(int)>& run, int threads) {
  std::atomic<int> next{0};
  const auto work = [&] {
    for (int index = next++; index < count; index = next++) {
      try {
        run(index);
      } catch (const std::exception& failure) {
        ADD_FAILURE() << "run " << index << ": " << failure.what();
        return;
      }
    }
  };
  std::vector<std::jthread> workers;
  for (int i = 0; i < threads; ++i) workers.emplace_back(work);
}

}  // namespace init_test
