// A server's answer, and the verdict that it deserves: the bytes, and the places in them that decide.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/healthcheck/settings.hpp"

namespace simulation {

inline constexpr std::size_t nowhere = SIZE_MAX;
inline constexpr std::size_t record_header = 5;

struct Answer {
  std::string bytes;
  // A byte was changed at random, so the rules cannot tell the right verdict.
  bool is_unknown = false;

  // These are offsets in `bytes`. The end of the headers; 0: the protocol has none.
  std::size_t headers_end = 0;
  // The end of the message: a connection that ends before it cuts the message short.
  std::size_t message_end = nowhere;
  // The body lasts until the connection ends.
  bool lasts_until_end = false;
  // The end of the last text that --body asks for.
  std::size_t texts_end = 0;
  // The verdict is healthy as soon as the client has read this much.
  std::size_t right_at = nowhere;
  // The verdict may be unhealthy from `wrong_from` on, and has to be at `wrong_at`.
  std::size_t wrong_from = nowhere, wrong_at = nowhere;

  // TLS only: `bytes` are records. The end of the one that says that nothing more will come.
  bool has_records = false;
  std::size_t closes_at = nowhere;

  // gRPC only: the acknowledgements that the client owes, and when.
  struct Reply {
    std::size_t due_at;    // after this many bytes were read,
    std::size_t sent_end;  // this many bytes of `replies` must be sent
  };
  std::string replies;
  std::vector<Reply> due;
  // UDP only: the ends of the datagrams.
  std::vector<std::size_t> datagrams;
};

// The end of the connection, as the client was told. Failure: an error other than a reset.
enum class End : std::uint8_t { None, Fin, Reset, Failure };

// The part that the client has read.
struct Heard {
  std::size_t bytes = 0;
  End end = End::None;
  bool has_left = false;  // the client had said its farewell before that end
};

// The verdict that an answer deserves. Incomplete: healthcheck has to wait for more until its time is over.
// Doubtful: unhealthy or incomplete. Unknown: any.
enum class Truth : std::uint8_t { Unknown, Healthy, Unhealthy, Incomplete, Doubtful };

// The end of the TLS record that begins there (RFC 8446 §5.1), by the length in its header, which is whole.
std::size_t end_of_record(std::string_view wire, std::size_t at);

// With --trace: prints the answer.
void show(const Answer& answer);

Truth judge(const Answer& answer, const Heard& heard);

enum class Quality : std::uint8_t { Right, Wrong, Changed };

Answer http_answer(Random& random, const Settings& settings, Quality quality);
Answer grpc_answer(Random& random, Quality quality);
Answer text_answer(Random& random, const Settings& settings, Quality quality);
Answer datagrams(Random& random, const Settings& settings, Quality quality);
// A socket that is connected to itself reads the bytes that it sends.
Answer echo(const Settings& settings, Scheme scheme);

}  // namespace simulation
