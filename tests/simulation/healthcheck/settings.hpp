// Draws from a seed the command line of healthcheck, and the machine that it runs on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/random.hpp"
#include "simulation/time.hpp"

namespace simulation {

#ifdef HEALTHCHECK_TLS
inline constexpr bool speaks_tls = true;
inline constexpr std::string_view program_name = "healthcheck-tls";
#else
inline constexpr bool speaks_tls = false;
inline constexpr std::string_view program_name = "healthcheck";
#endif

enum class Scheme : std::uint8_t { Http, Tcp, Grpc, Udp, Unix, File, Pid };
constexpr bool has_host(Scheme scheme) { return scheme <= Scheme::Udp; }

// The address of a target. Own: of this host, but not loopback. Foreign: of another host. Named: a name of
// /etc/hosts, which may have any of these addresses.
enum class Place : std::uint8_t { Localhost, Ipv4, Ipv6, Own, Foreign, Named };

struct Target {
  Scheme scheme;
  Place place;
  int number;  // its port, or its path, says which target it is
  std::string text;
  std::string shown{};     // as a message quotes it
  bool is_secure = false;  // over TLS: the scheme is that of the service
};

// The values of --status, each with statuses that it accepts and that it does not.
struct StatusList {
  std::string_view text;
  std::array<int, 4> wanted, unwanted;
};

// Works: ppoll(2) and pwritev2(2) write. Old: pwritev2(2) is not known. Full: a pipe that nobody reads.
// Racing: another writer fills it in between. Broken: a pipe without a reader.
enum class Stderr : std::uint8_t { Works, Old, Full, Racing, Broken };

struct Settings {
  // Draws names, --any and the members after it from `more`, so that the other draws of a seed stay the same.
  Settings(Random& random, Random& more);

  // The command line.
  std::vector<Target> targets;
  bool targets_in_variable = false, is_usage_error = false;
  Time timeout = 3 * second, wait = 0, interval = 500 * millisecond, max_age = 0;
  const StatusList* statuses = nullptr;
  std::string_view method = "GET";
  std::vector<std::string_view> required, forbidden;  // --body, --no-body
  std::string_view send, expect;                      // as they are sent
  bool through_socket = false;                        // --unix-socket
  bool has_user = false, has_header = false, quiet = false, verbose = false;
  bool any = false;
  int on_failure = 0;                  // the signal; 0: none
  bool removes_accept = false;         // -H Accept:
  bool has_own_authorization = false;  // -H Authorization: …
  bool has_metadata = false;           // -H X-Trace: …, for http and grpc
  bool has_host_header = false;        // -H Host: …
  bool has_user_agent = false;
  std::string_view server_name;  // --server-name
  Time min_validity = 0;

  // The machine.
  bool first_process = false, has_clock = true, has_ipv6 = true;
  bool is_busy = false;     // the kernel wakes the process late
  bool has_faults = false;  // calls fail that usually do not
  bool has_pidfd = true, has_proc = true;
  Stderr standard_error = Stderr::Works;
  struct Stop {
    Time when, length;
  };
  std::array<Stop, 2> stops{};  // SIGSTOP, and SIGCONT later; length 0: none
  Time term = 0;                // when SIGTERM comes; 0: never
  bool kill_fails = false;      // the signal to PID 1 is not permitted
  std::string_view address;     // of the name, in /etc/hosts; empty: the name is not there
  bool has_hosts_file = true;
  bool servers_leave_silently = false;  // those of TLS, without a close_notify

  // Texts that no message may show.
  static constexpr std::array<std::string_view, 3> secrets{"hunter2", "cHJvYmU6aHVudGVyMg==", "s3cr3t"};

  // Nothing but the server can end such a run.
  bool is_unlimited() const { return timeout == 0 && wait == 0; }
  bool has(Scheme scheme) const;
  // Returns whether a target's address has to be looked up.
  bool needs_hosts_file() const;
  // The limit of one attempt.
  Time attempt_limit() const { return timeout != 0 ? timeout : INT64_MAX / 2; }

  // argv and envp, each ended by a null pointer.
  char** arguments();
  char** environment();

 private:
  void draw_targets(Random& random);
  void draw_options(Random& random);
  void draw_http_options(Random& random);
  void draw_machine(Random& random);
  void secure_targets(Random& more);
  void rename_targets(Random& more);
  void draw_more_options(Random& more);
  void add_duration(std::string_view option, Time duration);
  void add(std::string argument) { texts_.push_back(std::move(argument)); }

  std::vector<std::string> texts_, variables_;
  std::vector<char*> pointers_, variable_pointers_;
};

}  // namespace simulation
