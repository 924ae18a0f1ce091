#include "injector.hpp"

#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "harness/proc.hpp"

namespace fault_test {
namespace {

// The filter lets this one call pass: with it, the process hands over the descriptor through which the kernel
// reports the others.
constexpr int channel = Injector::descriptors - 1;

int install_filter() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sendmsg, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, channel, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
  };
  const sock_fprog filter{sizeof program / sizeof *program, program};
  return static_cast<int>(
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter));
}

// The message that carries one descriptor.
struct Parcel {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};

  Parcel() {
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
  }
  int* content() { return reinterpret_cast<int*>(CMSG_DATA(CMSG_FIRSTHDR(&message))); }
};

void hand_over(int descriptor) {
  Parcel parcel;
  cmsghdr* header = CMSG_FIRSTHDR(&parcel.message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(parcel.content(), &descriptor, sizeof descriptor);
  harness::checked(static_cast<int>(::sendmsg(channel, &parcel.message, 0)), "sendmsg");
}

// Without a descriptor, the program could not be started.
harness::Descriptor receive_listener(int socket) {
  Parcel parcel;
  if (::recvmsg(socket, &parcel.message, MSG_CMSG_CLOEXEC) <= 0) return {};
  int descriptor = -1;
  std::memcpy(&descriptor, parcel.content(), sizeof descriptor);
  return harness::Descriptor{descriptor};
}

std::string executable_of(pid_t pid) {
  std::error_code gone;
  return std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/exe", gone);
}

// Returns whether it is about to wait for signals or for the end of any child.
bool waits(const seccomp_data& call) {
  if (call.nr == SYS_rt_sigtimedwait) return true;
  return call.nr == SYS_waitid && call.args[0] == P_ALL && (call.args[3] & WNOHANG) == 0;
}

bool has_live_child(pid_t pid) {
  return std::ranges::any_of(harness::children_of(pid),
                             [](pid_t child) { return harness::state_of(child) != 'Z'; });
}

}  // namespace

bool has_pending(pid_t pid) {
  try {
    return (harness::signal_set(pid, "ShdPnd") | harness::signal_set(pid, "SigPnd")) != 0;
  } catch (const std::runtime_error&) {
    return true;
  }
}

Injector::Injector(Fault fault, std::vector<Step> steps) : fault_{fault}, steps_{std::move(steps)} {
  int ends[2];
  harness::checked(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
  ours_ = harness::Descriptor{ends[0]};
  theirs_ = harness::Descriptor{ends[1]};
  thread_ = std::thread{[this] { answer_all(); }};
}

Injector::~Injector() {
  if (thread_.joinable()) finish();
}

void Injector::install() const {
  ::dup3(theirs_.get(), channel, O_CLOEXEC);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  hand_over(harness::checked(install_filter(), "seccomp"));
}

Trace Injector::finish() {
  theirs_.close();
  thread_.join();
  return trace_;
}

void Injector::answer_all() {
  constexpr int pause = 1;  // milliseconds
  listener_ = receive_listener(ours_.get());
  pollfd watched{listener_.get(), POLLIN, 0};
  while (listener_.open() && ::poll(&watched, 1, waiting_.id != 0 ? pause : -1) >= 0) {
    seccomp_notif asked{};
    if ((watched.revents & POLLIN) != 0) {
      // ENOENT: it has been killed in the meantime.
      if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &asked) == 0) answer(asked);
    } else if (watched.revents != 0) {
      return;
    }
    if (waiting_.id != 0) take_steps();
  }
}

void Injector::respond(std::uint64_t id, int error) const {
  seccomp_notif_resp response{id, 0, -error, 0};
  if (error == 0) response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &response);
}

void Injector::answer(const seccomp_notif& asked) {
  const auto pid = static_cast<pid_t>(asked.pid);
  // The first call is the execve that starts it.
  if (program_ == 0 || (pid != program_ && !belongs_to_child(pid))) {
    if (program_ == 0) program_ = pid;
    return respond(asked.id, 0);
  }
  if (executable_.empty()) executable_ = executable_of(program_);
  const int error = error_for(asked.data.nr, pid != program_);
  if (pid != program_ || error != 0 || !waits(asked.data)) return respond(asked.id, error);
  waiting_ = asked;
}

// A child counts as the program's own work as long as it runs the same file.
bool Injector::belongs_to_child(pid_t pid) {
  if (foreign_.contains(pid)) return false;
  if (executable_of(pid) == executable_) return true;
  foreign_.insert(pid);
  trace_.program_started = true;
  return false;
}

// 0 lets the call through.
int Injector::error_for(int number, bool in_child) {
  const int nth = made_[number]++;
  trace_.calls.push_back({number, in_child});
  if (number != fault_.number || nth < fault_.first || nth - fault_.first >= fault_.count) return 0;
  if (trace_.at_fault == 0) trace_.at_fault = trace_.calls.size();
  return fault_.error;
}

void Injector::take_steps() {
  // A process that waits only for its children learns of nothing else; neither does one whose signal is lost.
  const bool hears_signals = waiting_.data.nr == SYS_rt_sigtimedwait;
  const bool is_timed = waiting_.data.args[2] != 0;
  while (next_step_ < steps_.size()) {
    if (!steps_[next_step_](program_)) return;
    ++next_step_;
    if (hears_signals && (is_timed || has_pending(program_)))
      return respond(std::exchange(waiting_, {}).id, 0);
  }
  if (may_wait()) respond(std::exchange(waiting_, {}).id, 0);
}

// Returns whether its event has come, or it waits with a timeout. If no event can come any more, it is
// killed.
bool Injector::may_wait() {
  if (waiting_.data.nr != SYS_rt_sigtimedwait || has_pending(program_)) return true;
  if (has_live_child(program_)) return waiting_.data.args[2] != 0;
  if (has_pending(program_)) return true;
  trace_.stuck = true;
  ::kill(program_, SIGKILL);
  waiting_ = {};
  return false;
}

}  // namespace fault_test
