#include "fake/fake_network.hpp"

#include <arpa/inet.h>
#include <errno.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "sys/clock.hpp"
#include "sys/confinement.hpp"
#include "sys/file.hpp"
#include "sys/file_age.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"
#include "sys/signal.hpp"
#include "sys/socket.hpp"

namespace fake {
Network network;

namespace {

constexpr int the_socket = 3;

sys::Transport transport;
std::string current;      // the service that the socket is connected to
base::Instant last_step;  // when its last step came

void log(const std::string& call) { network.calls.push_back(call); }

// A long pause is made of short ones.
void log_pause(std::int64_t milliseconds) {
  const std::string start = "pause ";
  if (!network.calls.empty() && network.calls.back().starts_with(start)) {
    milliseconds += std::stoll(network.calls.back().substr(start.size()));
    network.calls.pop_back();
  }
  log(start + std::to_string(milliseconds));
}

std::string host_of(const sys::Endpoint& endpoint) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (endpoint.any.sa_family == AF_UNIX) return endpoint.path.sun_path;
  const bool is_ipv4 = endpoint.any.sa_family == AF_INET;
  const void* address =
      is_ipv4 ? static_cast<const void*>(&endpoint.ipv4.sin_addr) : &endpoint.ipv6.sin6_addr;
  ::inet_ntop(endpoint.any.sa_family, address, text.data(), text.size());
  return is_ipv4 ? text.data() : "[" + std::string{text.data()} + "]";
}

std::string name_of(const sys::Endpoint& endpoint) {
  if (endpoint.any.sa_family == AF_UNIX) return host_of(endpoint);
  return host_of(endpoint) + ":" + std::to_string(ntohs(endpoint.ipv6.sin6_port));
}

base::Instant next_step() {
  const auto& says = network.services[current].says;
  return says.empty() ? base::Instant::never() : last_step + says.front().after;
}

int take_error(std::deque<int>& errors) {
  if (errors.empty()) return 0;
  const int error = errors.front();
  errors.pop_front();
  return error;
}

}  // namespace
}  // namespace fake

namespace sys {

using fake::network;

base::Instant now() { return network.has_clock ? network.now : base::Instant{}; }

Result<base::Duration> wait_until(Readiness readiness, Descriptor descriptor, base::Duration timeout) {
  if (network.wait_error != 0) return Error{network.wait_error};
  if (!network.stops.empty()) {
    network.now = network.now + network.stops.front();
    network.stops.pop_front();
  }
  const base::Instant end = network.now + timeout;
  if (descriptor == no_descriptor) fake::log_pause(timeout.nanoseconds / 1'000'000);
  const base::Instant ready = descriptor == no_descriptor        ? base::Instant::never()
                              : readiness == Readiness::Writable ? network.now
                                                                 : std::max(network.now, fake::next_step());
  network.now = std::min(ready, end);
  if (ready > end) return Error{ETIME};
  return end - network.now;
}

Result<Descriptor> open_socket(const Endpoint&, Transport transport) {
  if (network.socket_error != 0) return Error{network.socket_error};
  fake::transport = transport;
  network.is_open = true;
  return fake::the_socket;
}

Status bind(Descriptor, const Endpoint& endpoint) {
  auto error = network.bind_errors.find(fake::host_of(endpoint));
  if (error != network.bind_errors.end()) return Error{error->second};
  return base::ok;
}

Status connect(Descriptor, const Endpoint& endpoint) {
  fake::current = fake::name_of(endpoint);
  fake::last_step = network.now;
  fake::log("connect " + fake::current);
  auto service = network.services.find(fake::current);
  if (service == network.services.end()) return Error{ECONNREFUSED};
  if (int error = fake::take_error(service->second.connect_errors)) return Error{error};
  return base::ok;
}

Result<bool> is_connected_to_itself(Descriptor, const Endpoint&) {
  return network.services[fake::current].is_oneself;
}

Status finish_sending(Descriptor) {
  fake::log("finish");
  // Most services then close the connection.
  auto& says = network.services[fake::current].says;
  if (says.empty()) says.push_back({});
  return base::ok;
}

Result<std::size_t> send(Descriptor, std::string_view bytes) {
  if (int error = fake::take_error(network.services[fake::current].send_errors)) return Error{error};
  network.sent += bytes;
  if (fake::transport == Transport::Datagram) fake::log("datagram " + std::string{bytes});
  if (network.services[fake::current].is_oneself)
    network.services[fake::current].says.push_back({.text = std::string{bytes}});
  fake::Service& service = network.services[fake::current];
  if (service.answers)
    if (std::string text = service.answers(bytes); !text.empty()) service.says.push_back({.text = text});
  return bytes.size();
}

Result<std::size_t> read(Descriptor, std::span<char> buffer) {
  auto& says = network.services[fake::current].says;
  if (says.empty() || fake::next_step() > network.now) return Error{EAGAIN};
  fake::Step& step = says.front();
  const int error = step.error;
  const std::size_t size = step.text.copy(buffer.data(), buffer.size());
  step.text.erase(0, size);
  if (step.text.empty()) {
    fake::last_step = network.now;
    // A connection that has ended stays at its end.
    if (size != 0 || error != 0) says.pop_front();
  } else {
    step.after = {};
  }
  if (error != 0) return Error{error};
  return size;
}

void close(Descriptor) {
  fake::log("close");
  network.is_open = false;
}

Result<std::size_t> read_file(const char* path, std::span<char> buffer) {
  auto file = network.files.find(path);
  if (file == network.files.end()) return Error{ENOENT};
  return file->second.copy(buffer.data(), buffer.size());
}

Result<base::Duration> age_of_file(const char* path) {
  auto age = network.ages.find(path);
  if (age == network.ages.end()) return Error{ENOENT};
  return age->second;
}

Result<std::size_t> write(Descriptor, std::string_view text) {
  if (network.write_error != 0) return Error{network.write_error};
  network.printed += text;
  return text.size();
}

void write_message(std::string_view line) {
  fake::log("message");
  network.messages.emplace_back(line);
}

Status check_process(ProcessId process) {
  auto error = network.process_errors.find(process);
  if (error != network.process_errors.end()) return Error{error->second};
  return base::ok;
}

Status send_signal(ProcessId target, Signal signal) {
  network.signals.push_back(std::to_string(target) + " " + std::to_string(signal));
  if (network.signal_error != 0) return Error{network.signal_error};
  return base::ok;
}

ProcessHandle::ProcessHandle(ProcessId process) : process_{process}, descriptor_{Error{ENOSYS}} {}
ProcessHandle::~ProcessHandle() = default;
Result<bool> ProcessHandle::has_ended() const {
  if (network.pidfd_error != 0) return Error{network.pidfd_error};
  return network.zombies.contains(process_);
}

Resolution resolve(const char* name, base::Duration limit, Addresses& addresses) {
  fake::log(std::string{"resolve "} + name);
  const fake::Name& known = network.names[name];
  network.now = network.now + std::min(known.takes, limit);
  if (known.takes > limit) return Resolution::NoTime;
  for (const std::string& address : known.addresses) {
    auto& bytes = addresses.each[addresses.count++];
    bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    ::inet_pton(AF_INET, address.c_str(), &bytes[12]);
  }
  return known.resolution;
}

// Fills in the same bytes each time.
Status fill_random(std::span<std::uint8_t> bytes) {
  if (network.random_error != 0) return Error{network.random_error};
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
  return base::ok;
}

Result<std::int64_t> seconds_since_1970() {
  if (network.time_of_day_error != 0) return Error{network.time_of_day_error};
  return network.time_of_day;
}

ProcessId process_id() { return network.self; }
void exit_on(Signal signal) { fake::log("exit on " + std::to_string(signal)); }

Status block_signals(SignalSet, SignalSet&) { return base::ok; }
void confine(std::span<const sock_filter>) { fake::log("confine"); }

}  // namespace sys
