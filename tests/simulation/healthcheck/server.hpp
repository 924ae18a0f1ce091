// A server as its client sees it: the connection, the parts of the answer and their times, and the end.
#pragma once

#include "simulation/healthcheck/answer.hpp"

namespace simulation {

inline constexpr Time no_time = INT64_MAX / 4;

// A part of the answer that arrives at once.
struct Segment {
  std::size_t end;  // its offset in the answer
  Time after;       // since the server began to answer
};

struct Server {
  // The answer to connect(2): 0, EINPROGRESS, or an error.
  int connects = 0;
  // After EINPROGRESS, the connection stands, or fails with `error`, after this time.
  Time accepts_after = 0;
  int error = 0;
  int full_backlog = 0;    // this many tries fail with EAGAIN
  bool is_client = false;  // the socket is connected to itself

  bool greets = false;  // answers before it has read a request
  Answer answer;
  std::vector<Segment> segments;
  End end = End::None;
  Time end_after = 0;
  // Of a server of TLS: what it does wrong, and the longest time between two parts of its answer.
  enum class Trouble : std::uint8_t { None, Wrong, Changed, Cut, Refusing } trouble = Trouble::None;
  Time pace = microsecond;
  Time time_of_day = 0;         // seconds since 1970, of its certificate
  bool drops_unread = false;    // a reset discards what was not read yet
  Time window_opens_after = 0;  // since it accepted; until then send(2) fails with EAGAIN
};

// Describes a target's server, once for each attempt.
class ServerMaker {
 public:
  ServerMaker(Random& random, const Settings& settings) : random_(random), settings_(settings) {}

  Server good(const Target& target);
  Server bad(const Target& target);
  Server refusing(const Target& target);

 private:
  void add_answer(Server& server, const Target& target, Quality quality);
  void add_segments(Server& server, std::size_t size, Time span);
  void cut(Server& server);
  void fail_to_connect(Server& server, const Target& target);
  void limit(Server& server, const Target& target) const;

  Random& random_;
  const Settings& settings_;
};

}  // namespace simulation
