// The simulated kernel: processes, groups, sessions, PIDs that are used again, signals, and a clock. Only
// init is real; every other process is an actor whose next steps wait in a list of events.
#pragma once

#include <signal.h>

#include "simulation/settings.hpp"

namespace simulation {

inline constexpr int max_processes = 32;
inline constexpr int max_pid = 40;  // small, so that PIDs are used again soon
inline constexpr int last_signal = 64;

enum class Life : std::uint8_t { Free, Running, Stopped, Zombie };
// Actor: init is responsible for it. Outside: the rest of the machine, if init is not PID 1.
enum class Kind : std::uint8_t { Init, Actor, Outside };

struct Process {
  int pid, parent, group, session;
  Life life;
  Kind kind;
  bool is_program;         // and runs, or is still a child of vfork
  bool main_thread_ended;  // other threads live
  bool reaps;              // as a parent
  bool other_user;         // init may not signal it
  bool unkillable;         // waits for a device for ever
  bool stop_unreported;    // to its parent
  bool obeys;              // exits when it is asked to stop
  bool traced;             // it stopped for its debugger, which is its parent
  int stopped_by;
  int code, status;       // of its end, as waitid(2) has them
  std::uint64_t handled;  // signals that do not end it
  std::uint64_t blocked, pending;
  std::uint32_t identity;           // unlike a PID, never used again
  std::uint32_t born_in, moved_in;  // the steps of init in which it was born, and last changed its group
  int value;                        // that came with the latest signal
  std::array<std::uint8_t, last_signal + 1> received;  // from init, in this step of init

  bool exists() const { return life != Life::Free; }
  bool lives() const { return life == Life::Running || life == Life::Stopped; }
};

struct Descriptor {
  enum class Kind : std::uint8_t { Closed, Stream, Inherited, Terminal, Stat, Directory, Process } kind;
  std::uint32_t identity;  // of the process that it stands for
  int next;                // to be listed
};

// An event that no call of init causes.
struct Event {
  enum class Kind : std::uint8_t {
    Signal,
    Exit,
    Fork,
    Session,
    OwnGroup,
    JoinGroup,
    EndMainThread,
    Stop,
    Continue,
    Kill,
    Trace,
    ParentDies,
    Arrival,
    OutsideBirth,
    ControlC,
    ControlZ,
  } kind;
  Time when;
  std::uint32_t identity;
  int number;
};

struct Kernel {
  explicit Kernel(Settings& settings, Random& random);

  // Time passes with each call, and other processes run meanwhile.
  void tick();
  // Performs the next event, at its time or, if another process is faster, now. False: there is none.
  bool perform_next(Time at_most);
  // Nothing is to happen, and init waits for ever: ends somebody. False: there is nobody.
  bool stir();
  void schedule(Event::Kind kind, Time after, std::uint32_t identity = 0, int number = 0);

  Process* find(int pid);
  Process* find_identity(std::uint32_t identity);
  Process& self() { return *current; }
  Process& create(int parent, int group, int session, Kind kind);
  Process* fork_actor(Process& parent);
  void draw_life(Process& process);
  void end(Process& process, int code, int status);
  void release(Process& process);
  void move(Process& process, int group);
  bool group_exists(int group, int session) const;
  // Returns true if init is responsible for it.
  bool in_charge(const Process& process) const;
  bool has_children(int pid) const;

  // kill(2) and its like from init, with a value or without one: errno, or 0.
  int send_from_init(int target, const siginfo_t& info);
  int send_one_from_init(Process& process, const siginfo_t& info);
  void deliver(Process& process, int signal, int value = 0);
  // To init. False: the queue is full.
  bool post(const siginfo_t& info);
  void post_child(const Process& child, int code, int status);
  // Takes the pending signal that the kernel would take first. False: there is none.
  bool take(siginfo_t& info, std::uint64_t wanted);

  Descriptor* descriptor(int number);
  int open(Descriptor::Kind kind, std::uint32_t identity = 0);
  int next_descriptor() const;  // the lowest that is free
  int open_descriptors(Descriptor::Kind kind) const;

  Settings& settings;
  Random& random;
  Time now = second;
  std::uint32_t step = 0;  // of init: from one wait to the next
  std::uint32_t identities = 0;
  int next_pid = 1;
  int births = 0;
  std::array<Process, max_processes> processes;
  std::array<std::int8_t, max_pid + 1> slots;  // by PID; -1: free
  Process* init = nullptr;
  Process* current = nullptr;  // init, or its child until execve
  std::uint64_t ignored = 0;   // dispositions of init, and of its child
  std::uint64_t child_ignored = 0;
  bool parent_is_dead = false;
  bool started = false;  // init has blocked its signals: before that nothing happens
  int parent_death_signal = 0;
  int foreground = 0;
  bool values_lost = false;  // in this step, since the queue of a process was full
  int spawned = 0;

  std::uint64_t pending = 0;
  std::array<siginfo_t, 32> infos;  // of the standard signals
  std::array<siginfo_t, 6> queue;   // of real-time signals, first come first served
  int queued = 0;
  std::array<Event, 64> events;
  int event_count = 0;
  Time next_event = INT64_MAX;  // the earliest of them
  std::array<Descriptor, 16> descriptors{};

 private:
  void perform(const Event& event);
  void perform_on(Process& process, const Event& event);
  void draw_script();
  void send_to_init(int signal, int mode);
  void from_terminal(int signal);
  void act_on(Process& process, int signal);
  void stop(Process& process, int signal);
  void resume(Process& process);
  void adopt_children_of(Process& process);
  int free_pid();
  bool is_busy();
  void reuse(int pid);
};

// The one that the calls of init reach.
extern Kernel* kernel;

}  // namespace simulation
