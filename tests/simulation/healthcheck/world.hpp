// The simulated machine of one run: its clocks, the one descriptor that the program may have open, and the
// servers.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "simulation/healthcheck/rules.hpp"
#include "simulation/healthcheck/secure_server.hpp"

namespace simulation {

// A socket of the program, and the server that it reaches.
struct Socket {
  enum class State : std::uint8_t { Fresh, Connecting, Connected, Failed };

  int family = 0, type = 0;
  bool is_bound = false;  // to an address of this host
  State state = State::Fresh;
  Server server;
  // Times: of connect(2); of the return from the last ppoll(2), the program's first aside; of the last
  // ppoll(2) or read(2); of the server's beginning to answer.
  Time begun = no_time, woken = 0, looked = 0, answers = no_time;
  sockaddr_in6 peer{};
  bool reset_told = false, pipe_told = false;
  std::string blocked;       // the bytes of the last send(2), if it failed
  bool cannot_send = false;  // the connection has failed
  std::size_t datagrams_read = 0;
  std::string sent;  // by the program; if it is to a server of TLS, decrypted
  std::unique_ptr<SecureServer> secure;
};

enum class Descriptor : std::uint8_t { Closed, Socket, File, Stat, Process, Hosts };

struct World {
  World(Settings& settings, Random& random);

  // Each call takes a moment, or longer if another process runs. SIGTERM may come in it.
  void tick();
  // ppoll(2). `time` becomes the rest of the time-out.
  int poll(pollfd& one, long* time);

  int open_socket(int family, int type);
  int bind(const sockaddr& address);
  int connect(const sockaddr& address, socklen_t size);
  int own_name(sockaddr* address);
  ssize_t send(const char* bytes, std::size_t size);
  ssize_t read_socket(char* buffer, std::size_t size);
  // The client is told of the end of the connection.
  void tell_end(End end);
  void close();
  int open(Descriptor kind);
  // Returns whether the number is the open descriptor's.
  bool is_open(int asked) const { return descriptor != Descriptor::Closed && asked == number; }

  // newfstatat(2): the time of the last change.
  int look_at_file(timespec& changed);
  int read_clock(clockid_t clock, timespec& time);
  // getrandom(2).
  ssize_t fill_random(char* buffer, std::size_t size);
  int open_path(std::string_view path);
  ssize_t read_file(char* buffer, std::size_t size);
  int check_process(int process);
  int open_process(int process);
  int kill(int process, int signal);

  void exits(int status);

  bool happens(std::int64_t chances) { return random.one_in(chances); }

  Settings& settings;
  Random& random;
  Time now;
  Time boot;  // the difference between CLOCK_REALTIME and CLOCK_MONOTONIC
  Rules rules;
  Descriptor descriptor = Descriptor::Closed;
  int number = 3;
  Socket socket;
  std::array<Settings::Stop, 2> stops{};
  Time term = 0;
  void (*term_handler)(int) = nullptr;
  bool has_waited = false, is_interrupted = false;  // in ppoll(2)
  bool is_prepared = false;                         // for a connection of TLS
  bool is_confined = false;                         // by seccomp(2)
  bool int_handled = false, was_asked_to_end = false;
  std::uint64_t blocked = 0;  // signals
  int own_pid = 1;
  // The process that the PID file names.
  struct Named {
    int pid = 0;
    bool exists = false, is_other_users = false, has_ended = false, is_valid = false;
    std::string content;  // of the PID file, or of /proc/PID/stat
  } named;
  Time changed = 0;  // the time of the file's last change

 private:
  void stop_if_due();
  void deliver_term();
  void late_wake();
  // Lets time pass in a wait. SIGSTOP moves its end.
  void pass(Time to, Time& end);
  Time next_event() const;
  bool is_ready(short events) const;
  bool can_read() const;
  bool can_write() const;
  std::size_t arrived() const;
  bool has_end_come() const;
  bool is_reset() const { return socket.server.end == End::Reset && has_end_come(); }
  int poll_stderr(pollfd& one) const;
  int fail_to_poll(short events);
  void meet(const Target& target);
  int finish_connecting();
  ssize_t receive_datagram(char* buffer, std::size_t size);
  std::size_t available() const;
  bool has_datagram() const;
  ssize_t report_end();
  ssize_t send_datagram(std::string_view bytes);
  void draw_pid_file();
  int open_hosts();
  // Returns whether the socket's address is the one that the target's name has in /etc/hosts.
  bool is_address_of_name(const sockaddr& address) const;
  void request_ended();
  // The bytes reach the server of TLS, which may answer at once.
  void send_to_secure(std::string_view bytes);
  void take_answer();
  int refuse_preparation(int error);
  void check_farewell() const;
  void check_replies() const;
  void check_refusal() const;
  void check_polite() const;
  bool is_named(const sockaddr& address, socklen_t size) const;

  // The time from which a target's server is good, and the families that it listens on.
  struct Service {
    Time good_from = 0;
    bool on_ipv4 = true, on_ipv6 = true;
  };
  std::array<Service, 3> services_{};
};

extern World* world;

// Sets errno, and answers -1.
int fail(int error);

}  // namespace simulation
