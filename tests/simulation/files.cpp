// /proc, the terminal, and descriptors.
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <charconv>

#include "simulation/calls.hpp"
#include "simulation/rules.hpp"

namespace simulation {
namespace {

constexpr std::string_view proc = "/proc/";

class Line {
 public:
  Line(char* buffer, std::size_t size) : begin_(buffer), at_(buffer), end_(buffer + size) {}
  Line& operator<<(std::string_view text) {
    at_ = std::copy_n(text.data(), std::min<std::size_t>(text.size(), static_cast<std::size_t>(end_ - at_)),
                      at_);
    return *this;
  }
  Line& operator<<(int number) {
    at_ = std::to_chars(at_, end_, number).ptr;
    return *this;
  }
  ssize_t size() const { return at_ - begin_; }

 private:
  char* begin_;
  char* at_;
  char* end_;
};

std::string_view state_of(const Process& process) {
  if (process.life == Life::Zombie || process.main_thread_ended) return "Z";
  return process.life == Life::Stopped ? "T" : "S";
}

long open_new(Descriptor::Kind kind, std::uint32_t identity = 0) {
  if (kernel->next_descriptor() >= kernel->settings.max_descriptors) return fail(EMFILE);
  // For a moment other processes have all that the kernel allows.
  constexpr std::array lacks{EMFILE, ENFILE, ENOMEM};
  if (kernel->random.one_in(512)) return fail(lacks[kernel->step % lacks.size()]);
  int number = kernel->open(kind, identity);
  return number < 0 ? fail(EMFILE) : number;
}

long open_stat(std::string_view rest) {
  int pid = 0;
  if (rest.starts_with("self"))
    pid = kernel->settings.proc == Proc::Own ? kernel->init->pid : 1;
  else
    std::from_chars(rest.data(), rest.data() + rest.size(), pid);
  const Process* process = kernel->find(pid);
  return process == nullptr ? fail(ENOENT) : open_new(Descriptor::Kind::Stat, process->identity);
}

}  // namespace

long open_path(const char* path) {
  std::string_view name{path};
  if (name == "/dev/tty")
    return kernel->settings.terminal ? kernel->open(Descriptor::Kind::Terminal) : fail(ENXIO);
  if (!name.starts_with("/proc") || kernel->settings.proc == Proc::None) return fail(ENOENT);
  if (name == "/proc") return open_new(Descriptor::Kind::Directory);
  if (name == "/proc/self/fd") {
    int number = kernel->open(Descriptor::Kind::Directory, 1);
    return number < 0 ? fail(EMFILE) : number;
  }
  name.remove_prefix(proc.size());
  return open_stat(name);
}

// A few at a time, so that processes come and go between two parts of a listing.
long list_directory(int number, char* buffer, std::size_t) {
  constexpr int at_once = 4;
  constexpr std::uint16_t length = 24;
  Descriptor& directory = *kernel->descriptor(number);
  bool lists_descriptors = directory.identity == 1;
  int last = lists_descriptors ? static_cast<int>(kernel->descriptors.size()) - 1 : max_pid;
  if (directory.next == 1 && lists_descriptors) directory.next = 0;
  char* record = buffer;
  for (int found = 0; found < at_once && directory.next <= last; ++directory.next) {
    bool there = lists_descriptors ? kernel->descriptor(directory.next) != nullptr
                                   : kernel->find(directory.next) != nullptr;
    if (!there) continue;
    memcpy(record + 16, &length, sizeof length);
    *std::to_chars(record + 19, record + length, directory.next).ptr = '\0';
    record += length;
    ++found;
  }
  return record - buffer;
}

ssize_t read_stat(const Descriptor& file, char* buffer, std::size_t size) {
  const Process* process = kernel->find_identity(file.identity);
  if (process == nullptr) return fail(ESRCH);
  if (kernel->settings.later.one_in(512)) return fail(ENOMEM);
  int pid = process->pid;
  if (process == kernel->init && kernel->settings.proc == Proc::Foreign) pid += 1000;
  Line line{buffer, size};
  line << pid << " (a (b) c) " << state_of(*process) << " " << process->parent << " " << process->group << " "
       << process->session << " 0 -1 0 0 0 0 0 0 0 0 0 20 0 "
       << (process->main_thread_ended && process->lives() ? 2 : 1) << " 0\n";
  return line.size();
}

long open_process(int pid) {
  if (kernel->settings.pidfd != Pidfd::Works)
    return fail(kernel->settings.pidfd == Pidfd::Unknown ? ENOSYS : EPERM);
  const Process* process = kernel->find(pid);
  return process == nullptr ? fail(ESRCH) : open_new(Descriptor::Kind::Process, process->identity);
}

long signal_process(int number, int signal, const siginfo_t* value) {
  const Descriptor* file = kernel->descriptor(number);
  if (file == nullptr) return fail(EBADF);
  if (signal == SIGKILL) rules->kills();
  Process* process = kernel->find_identity(file->identity);
  if (process == nullptr) return fail(ESRCH);
  siginfo_t info{};
  if (value != nullptr) info = *value;
  info.si_signo = signal;
  int error = kernel->send_one_from_init(*process, info);
  return error == 0 ? 0 : fail(error);
}

long control_terminal(int number, unsigned long request, int* group) {
  const Descriptor* file = kernel->descriptor(number);
  if (file == nullptr || file->kind != Descriptor::Kind::Terminal) return fail(ENOTTY);
  if (request == TIOCGPGRP) {
    *group = kernel->foreground;
    return 0;
  }
  if (!kernel->group_exists(*group, kernel->init->session)) return fail(EPERM);
  kernel->foreground = *group;
  return 0;
}

long close_range(unsigned first, unsigned last) {
  for (unsigned number = first; number < kernel->descriptors.size() && number <= last; ++number)
    kernel->descriptors[number].kind = Descriptor::Kind::Closed;
  return 0;
}

// Standard error may be a pipe that nobody reads. It must neither end init nor delay it.
ssize_t write_message(const char* text, std::size_t size) {
  rules->says({text, size});
  if (!kernel->settings.broken_stderr) return static_cast<ssize_t>(size);
  siginfo_t info{};
  info.si_signo = SIGPIPE;
  info.si_pid = kernel->init->pid;
  kernel->post(info);
  return fail(EPIPE);
}

}  // namespace simulation
