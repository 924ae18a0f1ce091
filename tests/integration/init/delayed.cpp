#include "delayed.hpp"

#include <atomic>

#include "harness/proc.hpp"

namespace init_test {
namespace {

harness::ContainerOptions with_input() {
  harness::ContainerOptions options;
  options.process.input = harness::Input::pipe;
  return options;
}

Words strace(pid_t pid, const Words& injections, const std::string& trace) {
  if (injections.empty()) return {"strace", "-qq", "-o", trace, "-p", std::to_string(pid)};
  // strace can inject only into the calls that it traces.
  std::string traced = "trace=waitid,kill,rt_sigqueueinfo";
  for (const std::string& injection : injections) traced += "," + injection.substr(0, injection.find(':'));
  Words command{"strace", "-f", "-qq", "-o", trace, "-e", traced};
  for (const std::string& injection : injections) {
    command.emplace_back("-e");
    command.push_back("inject=" + injection);
  }
  command.emplace_back("-p");
  command.push_back(std::to_string(pid));
  return command;
}

}  // namespace

Delayed::Delayed(Place place, const Words& injections, const Words& arguments, const std::string& trace)
    : init_{place, arguments, with_input(), {"sh", "-c", "read line; exec \"$@\"", "sh"}},
      strace_{strace(init_->pid(), injections, trace)} {
  harness::eventually("it is traced",
                      [&] { return harness::status_field(init_->pid(), "TracerPid") != "0"; });
  init_->type("\n");
}

bool Delayed::wait_until_blocked() {
  constexpr std::uint64_t all =
      ~((std::uint64_t{1} << 8) | (std::uint64_t{1} << 18));  // except KILL and STOP
  bool blocked = false;
  // While init waits for signals, the kernel shows the signals that it waits for as not blocked.
  harness::eventually("it starts", [&] {
    blocked = harness::signal_set(init_->pid(), "SigBlk") == all;
    return blocked || !harness::children_of(init_->pid()).empty();
  });
  return blocked;
}

void expect_200(const std::function<bool()>& met) {
  constexpr int wanted = 200, most = 2000;
  std::atomic<int> count{0};
  in_parallel(most, [&](int) { count += count < wanted && met() ? 1 : 0; }, 6);
  EXPECT_GE(count, wanted);
}

}  // namespace init_test
