# The faults: a name, the file, the text, its replacement.
set(users_of_search healthcheck/protocol/search/body_search.cpp healthcheck/protocol/conversation.cpp
  healthcheck/protocol/http/http_reader.cpp)

# Deadlines and attempts.
change(base/duration.hpp
  [[    Instant sum;
    return __builtin_add_overflow(start.nanoseconds, delay.nanoseconds, &sum.nanoseconds) ? never() : sum;]]
  [[    if (start.nanoseconds > never().nanoseconds - delay.nanoseconds) return never();
    return {start.nanoseconds + delay.nanoseconds};]])
mutant("a pause that ends too late makes --wait endless" healthcheck/attempts.hpp
  [[    if (now >= end_) return {Action::Kind::Finish};]] [[]] healthcheck/run.cpp)
mutant("an attempt may outlast --wait" healthcheck/attempts.hpp
  [[repeats_ ? std::min(timeout_, end_ - now) : timeout_;]] [[timeout_;]] healthcheck/run.cpp)
mutant("a pause may outlast --wait" healthcheck/attempts.hpp
  [[if (is_last_) pause_end_ = last_start;]] [[]] healthcheck/run.cpp)
mutant("--interval does not count" healthcheck/attempts.hpp
  [[pause_end_ = now + interval_;]] [[pause_end_ = now + min_pause;]] healthcheck/run.cpp)
mutant("--wait ends with the first attempt that fails at once" healthcheck/attempts.hpp
  [[!repeats_ || is_last_]] [[!repeats_ || pause_end_ == Instant{}]] healthcheck/run.cpp)
mutant("a healthy attempt is not the last" healthcheck/attempts.hpp
  [[event.health == Health::Healthy || !repeats_]] [[!repeats_]] healthcheck/run.cpp)
mutant("a stop is added to the deadline" healthcheck/probe/clock.hpp
  [[max_slice = base::milliseconds(50)]] [[max_slice = base::milliseconds(5000)]] healthcheck/probe/clock.cpp)
mutant("an answer after the deadline counts" healthcheck/probe/clock.cpp
  [[return is_first || now() <= end ?]] [[return is_first || now() <= end + base::seconds(60) ?]])
mutant("without a clock, waits do not count" healthcheck/probe/clock.cpp
  [[now_ = base::Instant{now_.nanoseconds + slice.nanoseconds - remaining->nanoseconds};]] [[]])
mutant("an interrupted wait fails" sys/socket.cpp
  [[while (ready < 0 && errno == EINTR)]] [[while (false)]])
mutant("a full backlog is tried for ever" healthcheck/probe/connection.cpp
  [[  if (clock_.last() >= deadline_.end) return out_of_time;]] [[]])

# Connections.
mutant("any address is local" healthcheck/probe/connection.cpp
  [[if (!bound && bound.error().code != EADDRINUSE) return bound;]] [[]])
mutant("an address whose ports are all in use is foreign" healthcheck/probe/connection.cpp
  [[if (!bound && bound.error().code != EADDRINUSE)]] [[if (!bound)]])
mutant("the first of two sockets stays open" healthcheck/probe/connection.cpp
  [[  close();
  is_reset_ = false;]] [[  is_reset_ = false;]])
mutant("a part of the request is enough" healthcheck/probe/connection.cpp
  [[if (bytes.empty()) return base::ok;]] [[return base::ok;]])
mutant("after a part, the request is sent again" healthcheck/probe/connection.cpp
  [[      bytes.remove_prefix(*sent);
      if (bytes.empty()) return base::ok;]] [[      if (*sent == bytes.size()) return base::ok;]])
mutant("a server that closes early is an error" healthcheck/probe/connection.cpp
  [[if (!is_datagram() && (code == EPIPE || code == ECONNRESET)) return base::ok;]] [[]])
mutant("a reset that send(2) reports is forgotten" healthcheck/probe/connection.cpp
  [[if (code == ECONNRESET) is_reset_ = true;]] [[]])
mutant("a refused datagram is overlooked by one who wakes late" healthcheck/probe/connection.cpp
  [[if (!waited && !is_datagram()) return waited.error();]] [[if (!waited) return waited.error();]])
mutant("nobody waits for a datagram to be refused" healthcheck/probe/probe.cpp
  [[if (target.scheme == Scheme::Udp && plan_.expect.empty() && is_refused(connection))]] [[if (false)]])
mutant("::1 is not tried" healthcheck/probe/probe.cpp
  [[127.0.0.1 localhost\n::1 localhost]] [[127.0.0.1 localhost\n]])
mutant("::1 is tried though the time is over" healthcheck/probe/probe.cpp
  [[last.code != out_of_time.code && addresses.next(address)]] [[addresses.next(address)]])
mutant("a connection to itself is healthy" healthcheck/probe/probe.cpp
  [[if (exchange.may_be_echo())]] [[if (false)]])
mutant("a peer with the same port is this process" sys/endpoint.cpp
  [[if (any.sa_family == AF_INET) return ipv4.sin_addr.s_addr == other.ipv4.sin_addr.s_addr;]]
  [[if (any.sa_family == AF_INET) return true;]])
mutant("the rest of a response is not read" healthcheck/probe/probe.cpp
  [[if (target.scheme == Scheme::Http || is_secure) drain(]] [[if (is_secure) drain(]])
mutant("a greeting is not read" healthcheck/probe/probe.cpp
  [[    drain(connection, exchange, moment);]] [[]])
mutant("the other targets are not probed" healthcheck/run.cpp
  [[if (is_decisive(config_, health)) break;]] [[break;]])
mutant("one healthy target is enough" healthcheck/attempts.hpp
  [[return (health == Health::Healthy) == plan.any;]] [[return health == Health::Healthy;]] healthcheck/run.cpp)

# HTTP.
mutant("a body that is cut short counts" healthcheck/protocol/http/http_reader.cpp
  [[is_short_ = rest_ <= limit;]] [[]])
mutant("a reset is the end of a body" healthcheck/protocol/http/http_reader.cpp
  [[if (end == End::Broken) return fail("body cut short, connection reset");]] [[]])
mutant("an interim response is final" healthcheck/protocol/http/http_reader.cpp
  [[  if (status_ < 200) {]] [[  if (status_ < 102) {]])
mutant("chunk sizes are octal" healthcheck/protocol/http/http_reader.cpp
  [[rest_ = rest_ << 4 |]] [[rest_ = rest_ << 3 |]])
mutant("a second Content-Length is not compared" healthcheck/protocol/http/http_reader.cpp
  [[if (!length || (has_length_ && *length != rest_)) return false;]] [[if (!length) return false;]])
mutant("the verdict comes before the end of a search" healthcheck/protocol/search/body_search.hpp
  [[(has_required_texts() && forbidden_ == 0)]] [[has_required_texts()]] ${users_of_search})
mutant("white space in a body counts" healthcheck/protocol/search/body_search.cpp
  [[if (base::is_white_space(c)) return;]] [[]])
mutant("a text that begins within another is not found" healthcheck/protocol/search/text_search.cpp
  [[matched_ -= skipped;]] [[matched_ = 0;]])
mutant("HEAD has a body" healthcheck/protocol/conversation.cpp
  [[plan.method == "HEAD" ?]] [[plan.method == "NONE" ?]])

# gRPC.
mutant("frames of other streams count" healthcheck/protocol/grpc/grpc_reader.cpp
  [[if (!(stream == 0 ? rule.on_connection : stream == http2::the_stream && rule.on_stream)) return false;]] [[]])
mutant("the status of the call does not count" healthcheck/protocol/grpc/grpc_reader.cpp
  [[block_.grpc_status() == 0 &&]] [[block_.grpc_status() != 1 &&]])
mutant("SETTINGS are not acknowledged" healthcheck/protocol/grpc/grpc_reader.cpp
  [[if (!has(http2::Acknowledge)) add_frame_header(replies, {0, Type::Settings, http2::Acknowledge});]] [[]])
mutant("the answer to PING is empty" healthcheck/protocol/grpc/grpc_reader.cpp
  [[if (!has(http2::Acknowledge)) replies.add(c);]] [[]])
mutant("padding is content" healthcheck/protocol/grpc/grpc_reader.cpp
  [[} else if (rest_ >= pad_) {]] [[} else {]])
mutant("a compressed message is read" healthcheck/protocol/grpc/health_message.cpp
  [[byte == 1 ? "compressed message"]] [[byte == 1 ? nullptr]])

# Files, processes, messages and signals.
mutant("a file of exactly --max-age is too old" healthcheck/probe/file_probe.cpp
  [[*age > max_age]] [[*age >= max_age]])
mutant("healthcheck's own process counts" healthcheck/probe/process_probe.cpp
  [[if (process == sys::process_id()) return unhealthy(message, " is this healthcheck");]] [[]])
mutant("another user's process does not count" healthcheck/probe/process_probe.cpp
  [[if (code != 0 && code != EPERM)]] [[if (code != 0)]])
mutant("a process whose main thread has ended is a zombie" base/proc_stat.hpp
  [[(state == 'Z' && threads <= 1)]] [[state == 'Z']] healthcheck/probe/process_probe.cpp)
mutant("the PID file stays open" sys/file.cpp
  [[  auto length = read(file, buffer);
  close(file);]] [[  auto length = read(file, buffer);]])
mutant("SIGPIPE may end the program" healthcheck/report.cpp
  [[.with(SIGPIPE).with(SIGXFSZ)]] [[.with(SIGXFSZ)]])
mutant("a message may wait for its reader" sys/file.cpp
  [[errno == EAGAIN && ::lseek(standard_error, 0, SEEK_CUR) < 0]] [[errno == EBADF]])
mutant("PID 1 ignores SIGTERM" healthcheck/run.cpp
  [[    sys::exit_on(SIGTERM);]] [[]])

# Several targets, names and signals.
mutant("with --any, all targets have to be healthy" healthcheck/attempts.hpp
  [[return (health == Health::Healthy) == plan.any;]] [[return health != Health::Healthy;]] healthcheck/run.cpp)
mutant("with --any, a silent target uses up the time" healthcheck/attempts.hpp
  [[  if (!plan.any) return attempt;]] [[  if (left > 0) return attempt;]] healthcheck/run.cpp)
mutant("with --any, a target has half of its share" healthcheck/attempts.hpp
  [[nanoseconds / left};]] [[nanoseconds / (left + 1)};]] healthcheck/run.cpp)
mutant("with --any, the line has only the last reason" healthcheck/run.cpp
  [[if (has_failed_before)
        message_]] [[if (false)
        message_]])
mutant("the signal of --on-failure is not sent" healthcheck/run.cpp
  [[  signal_process_one(config);
  return 1;]] [[  return 1;]])
mutant("a healthy run sends the signal" healthcheck/run.cpp
  [[if (rounds.probe_until_healthy() == Health::Healthy) return 0;]]
  [[if (rounds.probe_until_healthy() == Health::Healthy) return signal_process_one(config), 0;]])
mutant("PID 1 signals itself" healthcheck/run.cpp
  [[config.on_failure == 0 || sys::process_id() == process_one]] [[config.on_failure == 0]])
mutant("a signal that cannot be sent is not reported" healthcheck/run.cpp
  [[if (!sent && !config.quiet) report_error]] [[if (sent && config.quiet) report_error]])
mutant("comments in /etc/hosts count" healthcheck/target/hosts.cpp
  [[base::take_until(comment, '#')]] [[base::take_until(comment, '\n')]])
mutant("the end of a name in /etc/hosts is enough" healthcheck/target/hosts.cpp
  [[base::equal_ignoring_case(word, name)]] [[word.ends_with(name)]])
mutant("names in /etc/hosts have a case" healthcheck/target/hosts.cpp
  [[base::equal_ignoring_case(word, name)]] [[word == name]])
mutant("an unknown name is no usage error" healthcheck/run.cpp
  [[if (!HostAddresses{config_.hosts, target.name}.next(address))]] [[if (config_.hosts.empty())]])
mutant("/etc/hosts is read for each target" healthcheck/run.cpp
  [[    if (config_.hosts.data() != nullptr) return true;]] [[]])

# Headers.
mutant("metadata is left out" healthcheck/protocol/grpc/grpc_request.cpp
  [[if (!value.empty() && !is_reserved(name)) add_metadata(request, name, value);]] [[]])
mutant("names of metadata keep their capitals" healthcheck/protocol/grpc/grpc_request.cpp
  [[if (c >= 'A' && c <= 'Z')]] [[if (c < ' ')]])
mutant("the authority is always the target's" healthcheck/protocol/grpc/grpc_request.cpp
  [[  find_header(headers, "host", authority);]] [[]])
mutant("a second Authorization is sent" healthcheck/protocol/http/http_request.cpp
  [[!plan.user.empty() && !names(plan.headers, "Authorization")]] [[!plan.user.empty()]])
mutant("an empty header is sent" healthcheck/protocol/http/http_request.cpp
  [[!value.empty()) add_line]] [[!name.empty()) add_line]])
mutant("bytes over 0x7f are sent as they are" healthcheck/protocol/http/http_request.cpp
  [[if (c > ' ' && c < 0x7f)]] [[if (c != ' ')]])
mutant("values of options are not expanded" healthcheck/options.cpp
  [[if (Problem problem = config.expansion.expand(value, uses[index].escapes)) return problem;]] [[]])
mutant("a service is read before the confinement" healthcheck/probe/probe.cpp
  [[  confinement_.begin();
  if (target.scheme == Scheme::Udp]] [[  if (target.scheme == Scheme::Udp]])
mutant("a file is read before the confinement" healthcheck/probe/probe.cpp
  [[  confinement_.begin();
  if (target.scheme == Scheme::File]] [[  if (target.scheme == Scheme::File]])
