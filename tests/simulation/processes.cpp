// The lives of processes: birth, groups, end, and who reaps them.
#include <wait.h>

#include <algorithm>

#include "simulation/kernel.hpp"
#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

namespace simulation {

Kernel* kernel = nullptr;

Kernel::Kernel(Settings& drawn, Random& generator) : settings(drawn), random(generator) {
  slots.fill(-1);
  for (Process& process : processes) process.life = Life::Free;
  for (std::size_t stream = 0; stream < 3; ++stream) descriptors[stream].kind = Descriptor::Kind::Stream;
  descriptors[random.pick(std::array{3UZ, 5UZ, 9UZ})].kind = Descriptor::Kind::Inherited;
  if (settings.first_process) {
    init = &create(0, 1, 1, Kind::Init);
  } else {
    create(0, 1, 1, Kind::Outside).reaps = true;
    create(1, 2, 2, Kind::Outside).reaps = true;
    init = &create(2, random.one_in(2) ? 3 : 2, 2, Kind::Init);
  }
  init->blocked = settings.mask & ~(bit(SIGKILL) | bit(SIGSTOP));
  if (settings.child_signal_ignored) ignored |= bit(SIGCHLD);
  if (random.one_in(4)) ignored |= bit(SIGPIPE);
  foreground = settings.foreground ? init->group : 2;
  current = init;
  draw_script();
}

Process* Kernel::find(int pid) {
  if (pid <= 0 || pid > max_pid || slots[static_cast<std::size_t>(pid)] < 0) return nullptr;
  return &processes[static_cast<std::size_t>(slots[static_cast<std::size_t>(pid)])];
}

Process* Kernel::find_identity(std::uint32_t identity) {
  for (Process& process : processes)
    if (process.exists() && process.identity == identity) return &process;
  return nullptr;
}

// As the kernel does it: the next free one, from the start again at the end. A number that a group or a
// session still has is not free.
int Kernel::free_pid() {
  for (;; ++next_pid) {
    if (next_pid > max_pid) next_pid = 1;
    if (find(next_pid) != nullptr) continue;
    bool used = std::ranges::any_of(processes, [&](const Process& process) {
      return process.exists() && (process.group == next_pid || process.session == next_pid);
    });
    if (!used) return next_pid++;
  }
}

Process& Kernel::create(int parent, int group, int session, Kind kind) {
  Process& process = *std::ranges::find(processes, Life::Free, &Process::life);
  process = {};
  process.pid = free_pid();
  process.parent = parent;
  process.group = group;
  process.session = session;
  process.life = Life::Running;
  process.kind = kind;
  process.identity = ++identities;
  process.born_in = step;
  slots[static_cast<std::size_t>(process.pid)] = static_cast<std::int8_t>(&process - processes.data());
  return process;
}

Process* Kernel::fork_actor(Process& parent) {
  constexpr int most = 20;
  auto used = std::ranges::count_if(processes, &Process::exists);
  if (births >= most || used > max_processes - 4) return nullptr;
  ++births;
  Process& child = create(parent.pid, parent.group, parent.session, Kind::Actor);
  note("forks", parent.pid, child.pid);
  draw_life(child);
  return &child;
}

bool Kernel::in_charge(const Process& process) const { return process.kind == Kind::Actor; }

bool Kernel::has_children(int pid) const {
  return std::ranges::any_of(
      processes, [&](const Process& process) { return process.exists() && process.parent == pid; });
}

bool Kernel::group_exists(int group, int session) const {
  return std::ranges::any_of(processes, [&](const Process& process) {
    return process.exists() && process.group == group && process.session == session;
  });
}

void Kernel::move(Process& process, int group) {
  process.group = group;
  note("joins group", process.pid, group);
  process.moved_in = step;
  rules->moved(process);
}

// init is the subreaper of its descendants, or PID 1.
void Kernel::adopt_children_of(Process& process) {
  for (Process& child : processes) {
    if (!child.exists() || child.parent != process.pid) continue;
    child.parent = in_charge(process) ? init->pid : 1;
    if (child.life != Life::Zombie) continue;
    if (child.parent == init->pid)
      post_child(child, child.code, child.status);
    else
      release(child);
  }
}

void Kernel::end(Process& process, int code, int status) {
  if (!process.lives()) return;
  process.life = Life::Zombie;
  process.code = code;
  process.status = status;
  note("ends, code, status", process.pid, code, status);
  process.stop_unreported = false;
  rules->ended(process);
  adopt_children_of(process);
  if (process.parent == init->pid) {
    if ((ignored & bit(SIGCHLD)) != 0) return release(process);
    return post_child(process, code, status);
  }
  Process* parent = find(process.parent);
  if (parent == nullptr || parent->reaps) release(process);
}

// Returns true if the machine has other processes, and so many that a PID is soon used again.
bool Kernel::is_busy() {
  bool has_room = std::ranges::count(processes, Life::Free, &Process::life) > 8;
  return !settings.first_process && settings.race_rate <= 16 && has_room && random.one_in(2);
}

void Kernel::reuse(int pid) {
  next_pid = pid;
  Process& other = create(1, 1, 1, Kind::Outside);
  schedule(Event::Kind::Exit, random.below(settings.span), other.identity);
}

void Kernel::release(Process& process) {
  slots[static_cast<std::size_t>(process.pid)] = -1;
  process.life = Life::Free;
  rules->ended(process);
  if (process.kind == Kind::Actor && is_busy()) reuse(process.pid);
}

Descriptor* Kernel::descriptor(int number) {
  if (number < 0 || number >= static_cast<int>(descriptors.size())) return nullptr;
  Descriptor& found = descriptors[static_cast<std::size_t>(number)];
  return found.kind == Descriptor::Kind::Closed ? nullptr : &found;
}

int Kernel::next_descriptor() const {
  auto lowest = std::ranges::find(descriptors, Descriptor::Kind::Closed, &Descriptor::kind);
  return static_cast<int>(lowest - descriptors.begin());
}

int Kernel::open(Descriptor::Kind kind, std::uint32_t identity) {
  int lowest = next_descriptor();
  if (lowest == static_cast<int>(descriptors.size())) return -1;
  descriptors[static_cast<std::size_t>(lowest)] = {kind, identity, 1};
  return lowest;
}

int Kernel::open_descriptors(Descriptor::Kind kind) const {
  return static_cast<int>(std::ranges::count(descriptors, kind, &Descriptor::kind));
}

}  // namespace simulation
