// The measurements. Each table has our program in its first column and the floors in its last.
#pragma once

#include "endpoint.hpp"
#include "report/table.hpp"
#include "secure_endpoint.hpp"

namespace bench {

enum class Kind { counts, all };

struct Effort {
  Kind kind = Kind::all;
  int runs = 200;
};

Table measure_inits(const Effort& effort);
Table measure_probes(const Effort& effort, const Endpoint& endpoint);
Table measure_secure_probes(const Effort& effort, const SecureEndpoint& endpoint);

struct Figures {
  Table inits, probes, secure_probes;
};

// The figures that budgets, chart and README use.
namespace figure {
inline constexpr const char* bytes = "bytes of the file";
inline constexpr const char* loaded = "bytes of the file and all it loads";
inline constexpr const char* calls = "system calls";
inline constexpr const char* own_calls = "system calls, confinement aside";
inline constexpr const char* instructions = "instructions, thousands";
inline constexpr const char* faults = "page faults";
inline constexpr const char* start_up = "start-up added, µs";
inline constexpr const char* start_up_on_one = "the same on one processor, µs";
inline constexpr const char* resident = "resident while waiting, kB";
inline constexpr const char* written = "private and written while waiting, kB";
inline constexpr const char* wake_ups = "wake-ups in 10 idle seconds";
inline constexpr const char* latency = "signal sent to signal received, µs";
inline constexpr const char* storm = "its own time for 10,000 orphans, ms";
inline constexpr const char* peak = "peak resident, kB";
inline constexpr const char* http = "HTTP over IPv4, µs";
inline constexpr const char* https = "HTTPS, TLS 1.3 with X25519, µs";
}  // namespace figure

}  // namespace bench
