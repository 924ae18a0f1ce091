#include <array>

#include "base/text.hpp"
#include "healthcheck/config.hpp"
#include "healthcheck/protocol/http/status_list.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {
namespace {

using base::apply_duration;
using base::Problem;
using base::Takes;
using std::string_view;

Problem apply_text(Config& config, string_view& text, string_view value, Escapes escapes = Escapes::Keep) {
  text = value;
  return config.expansion.expand(text, escapes);
}

// Returns whether the text contains no CR, LF or NUL.
bool fits_a_line(string_view text) {
  for (char c : text)
    if (c == '\r' || c == '\n' || c == '\0') return false;
  return true;
}

Problem apply_status(Config& config, string_view value) {
  config.statuses = value;
  return is_status_list(value) ? nullptr : "invalid statuses";
}

Problem apply_method(Config& config, string_view value) {
  config.method = value;
  return base::contains_word("GET HEAD OPTIONS POST", value) ? nullptr : "unknown method";
}

Problem apply_body_text(Config& config, string_view value, BodyText::Rule rule) {
  if (Problem problem = apply_text(config, value, value)) return problem;
  base::Arena& arena = config.expansion.arena();
  const std::size_t start = arena.size();
  for (char c : value)
    if (!base::is_white_space(c)) arena.add(c);
  if (arena.overflowed()) return "too long";
  value = arena.since(start);
  bool fits = value.empty() || config.body_texts.add({value, rule});
  return fits ? nullptr : "too many texts";
}

// The headers are one text. If the text of another option came between, they are joined again after it.
Problem apply_one_header(Config& config, string_view header) {
  base::Arena& arena = config.expansion.arena();
  std::size_t start = arena.size() - config.headers.size();
  if (arena.since(start).data() != config.headers.data()) {
    start = arena.size();
    arena.add(config.headers);
  }
  if (Problem problem = apply_text(config, header, header)) return problem;
  string_view value = header;
  string_view name = base::take_until(value, ':');
  bool is_token = !name.empty() && name.size() < header.size();
  for (char c : name) is_token = is_token && c > ' ' && c < 0x7f;
  if (!is_token || !fits_a_line(value)) return "invalid header";
  arena.add("\r\n");
  config.headers = arena.since(start);
  return arena.overflowed() ? "too long" : nullptr;
}

// The variable holds one header a line. On the command line, an injected header begins with a line's end.
Problem apply_header(Config& config, string_view value) {
  config.hides_value = true;
  if (config.expansion.find_variable("DISTROLESS_HEALTHCHECK_HEADER") != value.data())
    return apply_one_header(config, value);
  while (!value.empty()) {
    string_view header = base::take_until(value, '\n');
    if (header.empty()) continue;
    if (Problem problem = apply_one_header(config, header)) return problem;
  }
  return nullptr;
}

Problem apply_user(Config& config, string_view value) {
  config.hides_value = true;
  if (Problem problem = apply_text(config, config.user, value)) return problem;
  return base::contains(config.user, ':') ? nullptr : "invalid NAME:PASSWORD";
}

Problem apply_user_agent(Config& config, string_view value) {
  config.user_agent = value;
  return fits_a_line(value) ? nullptr : "invalid text";
}

Problem apply_unix_socket(Config& config, string_view value) {
  config.unix_socket = value;
  return value.size() > longest_socket_path ? "path too long" : nullptr;
}

Problem finish(Config& config, Request request, string_view value) {
  Problem problem = base::apply_switch(config.finished, value);
  if (config.finished) config.request = request;
  return problem;
}

constexpr Schemes http = set_of(Scheme::Http), http_and_grpc = set_of(Scheme::Http, Scheme::Grpc);
constexpr Schemes raw = set_of(Scheme::Tcp, Scheme::Udp, Scheme::Unix), file = set_of(Scheme::File);

struct Row : base::Option<Config> {
  Schemes schemes = every_scheme;  // the kinds of target that use the option
};

constexpr auto rows = std::to_array<Row>({
    {{'t', "timeout", Takes::Value, "DURATION", "for one whole attempt (3s)",
      [](Config& c, string_view v) { return apply_duration(c.timeout, v); }}},
    {{'w', "wait", Takes::Value, "DURATION", "retry for this long (0: once)",
      [](Config& c, string_view v) { return apply_duration(c.wait, v); }}},
    {{'i', "interval", Takes::Value, "DURATION", "between attempts (500ms)",
      [](Config& c, string_view v) { return apply_duration(c.interval, v); }}},
    {{'s', "status", Takes::Value, "LIST", "healthy HTTP statuses (200-399)", &apply_status}, http},
    {{'X', "method", Takes::Value, "METHOD", "GET, HEAD, OPTIONS or POST (GET)", &apply_method}, http},
    {{'H', "header", Takes::Value, "NAME: VALUE", "one more header", &apply_header}, http},
    {{'u', "user", Takes::Value, "NAME:PASSWORD", "Basic authentication", &apply_user}, http},
    {{'A', "user-agent", Takes::Value, "TEXT", "instead of " PROGRAM_NAME "/VERSION", &apply_user_agent},
     http_and_grpc},
    {{'b', "body", Takes::Value, "TEXT", "must be in the first 64 KiB",
      [](Config& c, string_view v) { return apply_body_text(c, v, BodyText::Rule::Required); }},
     http},
    {{' ', "no-body", Takes::Value, "TEXT", "must not be there",
      [](Config& c, string_view v) { return apply_body_text(c, v, BodyText::Rule::Forbidden); }},
     http},
    {{'U', "unix-socket", Takes::Value, "PATH", "for http and grpc targets", &apply_unix_socket},
     http_and_grpc},
    {{' ', "send", Takes::Value, "TEXT", "to tcp, udp and unix targets",
      [](Config& c, string_view v) { return apply_text(c, c.send, v, Escapes::Read); }},
     raw},
    {{' ', "expect", Takes::Value, "TEXT", "must come back",
      [](Config& c, string_view v) { return apply_text(c, c.expect, v, Escapes::Read); }},
     raw},
    {{' ', "max-age", Takes::Value, "DURATION", "of a file (0: any)",
      [](Config& c, string_view v) { return apply_duration(c.max_age, v); }},
     file},
#ifdef HEALTHCHECK_TLS
    {{' ', "server-name", Takes::Value, "NAME", "to ask for; default: the target's host",
      [](Config& c, string_view v) { return apply_text(c, c.server_name, v); }},
     over_tls},
    {{' ', "min-validity", Takes::Value, "DURATION", "that the certificate must have left (0: any)",
      [](Config& c, string_view v) { return apply_duration(c.min_validity, v); }},
     over_tls},
#endif
    {{'q', "quiet", Takes::Nothing, "", "no line on failure",
      [](Config& c, string_view v) { return base::apply_switch(c.quiet, v); }}},
    {{'v', "verbose", Takes::Nothing, "", "one on success too",
      [](Config& c, string_view v) { return base::apply_switch(c.verbose, v); }}},
    {{'h', "help", Takes::Nothing, "", "this text",
      [](Config& c, string_view v) { return finish(c, Request::Help, v); }, base::Variable::None}},
    {{'V', "version", Takes::Nothing, "", "the version",
      [](Config& c, string_view v) { return finish(c, Request::Version, v); }, base::Variable::None}},
});

constexpr string_view before =
    "Usage: " PROGRAM_NAME
    " [OPTION]... TARGET...\n"
    "Exits 0 if every TARGET is healthy, otherwise 1.\n\n"
    "  http://HOST[:PORT][/PATH]  [HOST]:PORT[/PATH]  tcp://HOST:PORT  udp://HOST:PORT\n"
    "  grpc://HOST:PORT[/SERVICE]  unix:///PATH  file:///PATH  pid:///PATH\n"
#ifdef HEALTHCHECK_TLS
    "  https://HOST[:PORT][/PATH]  grpcs://HOST:PORT[/SERVICE]  tls://HOST:PORT\n"
    "TLS authenticates nobody here: no more secrecy than http:// has.\n"
#endif
    "\n";
constexpr string_view after =
#ifdef HEALTHCHECK_REMOTE
    "\nHOST: a name or an address, of any host. ${NAME} and ${NAME:-default} are\n"
#else
    "\nHOST: localhost or an address of this host. ${NAME} and ${NAME:-default} are\n"
#endif
    "expanded. DURATION: 250ms, 1.5s, 2m, 1h. Each option has a variable:\n"
    "DISTROLESS_HEALTHCHECK_TIMEOUT=1s; ..._TARGET names the targets.\n";

using Table = base::HelpTable<rows, before, after, Config>;

}  // namespace

const base::OptionTable option_table = Table::table("DISTROLESS_HEALTHCHECK_");

std::size_t find_unused_option(std::uint64_t given, Schemes schemes) {
  constexpr auto uses = [] {
    std::array<Schemes, rows.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows[i].schemes;
    return all;
  }();
  std::size_t row = 0;
  while (row < uses.size() && ((given >> row & 1) == 0 || (uses[row] & schemes) != 0)) ++row;
  return row;
}

}  // namespace healthcheck
