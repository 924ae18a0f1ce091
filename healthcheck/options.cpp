#include <signal.h>

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

Problem apply_text(string_view& text, string_view value) {
  text = value;
  return nullptr;
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

// The headers are one text in the arena, and `header` is the arena's last text. If others came between them,
// both are put together again behind these.
Problem apply_header(Config& config, string_view header) {
  string_view value = header;
  string_view name = base::take_until(value, ':');
  bool is_token = !name.empty() && name.size() < header.size();
  for (char c : name) is_token = is_token && c > ' ' && c < 0x7f;
  if (!is_token || !fits_a_line(value)) return "invalid header";

  base::Arena& arena = config.expansion.arena();
  std::size_t start = arena.size() - header.size();
  if (config.headers.data() + config.headers.size() == header.data()) {
    start -= config.headers.size();
  } else if (!config.headers.empty()) {
    start = arena.size();
    arena.add(config.headers);
    arena.add(header);
  }
  arena.add("\r\n");
  config.headers = arena.since(start);
  return arena.overflowed() ? "too long" : nullptr;
}

Problem apply_user(Config& config, string_view value) {
  config.user = value;
  return base::contains(value, ':') ? nullptr : "invalid NAME:PASSWORD";
}

Problem apply_user_agent(Config& config, string_view value) {
  config.user_agent = value;
  return fits_a_line(value) ? nullptr : "invalid text";
}

// White space counts neither in the text nor in the body.
Problem apply_body(Config& config, string_view value, BodyText::Rule rule) {
  base::Arena& arena = config.expansion.arena();
  const std::size_t start = arena.size();
  for (char c : value)
    if (!base::is_white_space(c)) arena.add(c);
  if (arena.overflowed()) return "too long";
  value = arena.since(start);
  return value.empty() || config.body_texts.add({value, rule}) ? nullptr : "too many texts";
}

Problem apply_unix_socket(Config& config, string_view value) {
  config.unix_socket = value;
  return value.size() > longest_socket_path ? "path too long" : nullptr;
}

Problem apply_on_failure(Config& config, string_view value) {
  auto signal = base::parse_signal(value);
  // PID 1 never receives these two from a process of its namespace (pid_namespaces(7)).
  if (!signal || *signal == SIGKILL || *signal == SIGSTOP) return "invalid signal";
  config.on_failure = *signal;
  return nullptr;
}

Problem finish(Config& config, Request request, string_view value) {
  Problem problem = base::apply_switch(config.finished, value);
  if (config.finished) config.request = request;
  return problem;
}

constexpr Schemes http = set_of(Scheme::Http), http_and_grpc = set_of(Scheme::Http, Scheme::Grpc);
constexpr Schemes raw = set_of(Scheme::Tcp, Scheme::Udp, Scheme::Unix), file = set_of(Scheme::File);

// The way in which a value is read, and the kinds of target that use it.
struct Use {
  Schemes schemes = every_scheme;
  Escapes escapes = Escapes::Keep;
  char separator = '\0';  // of the items in a variable, if the option may be repeated
  Display display = Display::Shown;
};

struct Row : base::Option<Config> {
  Use use{};
};

constexpr auto rows = std::to_array<Row>({
    {{'t', "timeout", Takes::Value, "DURATION", "for one whole attempt (3s)",
      [](Config& c, string_view v) { return apply_duration(c.timeout, v); }}},
    {{'w', "wait", Takes::Value, "DURATION", "retry for this long (0: once)",
      [](Config& c, string_view v) { return apply_duration(c.wait, v); }}},
    {{'i', "interval", Takes::Value, "DURATION", "between attempts (500ms)",
      [](Config& c, string_view v) { return apply_duration(c.interval, v); }}},
    {{' ', "any", Takes::Nothing, "", "one healthy TARGET is enough",
      [](Config& c, string_view v) { return base::apply_switch(c.any, v); }}},
    {{' ', "on-failure", Takes::Value, "SIGNAL", "sent to PID 1 if unhealthy", &apply_on_failure}},
    {{'s', "status", Takes::Value, "LIST", "healthy HTTP statuses (200-399)", &apply_status}, {http}},
    {{'X', "method", Takes::Value, "METHOD", "GET, HEAD, OPTIONS or POST (GET)", &apply_method}, {http}},
    {{'H', "header", Takes::Value, "NAME: VALUE", "add it; remove it if VALUE is empty", &apply_header},
     {http_and_grpc, Escapes::Keep, '\n', Display::Hidden}},
    {{'u', "user", Takes::Value, "NAME:PASSWORD", "Basic authentication", &apply_user},
     {http, Escapes::Keep, '\0', Display::Hidden}},
    {{'A', "user-agent", Takes::Value, "TEXT", "instead of " PROGRAM_NAME "/VERSION", &apply_user_agent},
     {http_and_grpc}},
    {{'b', "body", Takes::Value, "TEXT", "must be in the first 64 KiB",
      [](Config& c, string_view v) { return apply_body(c, v, BodyText::Rule::Required); }},
     {http, Escapes::Keep, ','}},
    {{' ', "no-body", Takes::Value, "TEXT", "must not be there",
      [](Config& c, string_view v) { return apply_body(c, v, BodyText::Rule::Forbidden); }},
     {http, Escapes::Keep, ','}},
    {{'U', "unix-socket", Takes::Value, "PATH", "for http and grpc targets", &apply_unix_socket},
     {http_and_grpc}},
    {{' ', "send", Takes::Value, "TEXT", "to tcp, udp and unix targets",
      [](Config& c, string_view v) { return apply_text(c.send, v); }},
     {raw, Escapes::Read}},
    {{' ', "expect", Takes::Value, "TEXT", "must come back",
      [](Config& c, string_view v) { return apply_text(c.expect, v); }},
     {raw, Escapes::Read}},
    {{' ', "max-age", Takes::Value, "DURATION", "of a file (0: any)",
      [](Config& c, string_view v) { return apply_duration(c.max_age, v); }},
     {file}},
#ifdef HEALTHCHECK_TLS
    {{' ', "server-name", Takes::Value, "NAME", "to ask for; default: the target's host",
      [](Config& c, string_view v) { return apply_text(c.server_name, v); }},
     {over_tls}},
    {{' ', "min-validity", Takes::Value, "DURATION", "that the certificate must have left (0: any)",
      [](Config& c, string_view v) { return apply_duration(c.min_validity, v); }},
     {over_tls}},
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
    "\nHOST: localhost, a name in /etc/hosts or an address, of this host. ${NAME} and\n"
#endif
    "expanded. DURATION: 250ms, 1.5s, 2m, 1h. Each option has a variable:\n"
    "DISTROLESS_HEALTHCHECK_TIMEOUT=1s; ..._TARGET names the targets.\n";

using Table = base::HelpTable<rows, before, after, Config>;

constexpr std::array<Use, rows.size()> uses_of_rows() {
  std::array<Use, rows.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows[i].use;
  return all;
}
constexpr auto uses = uses_of_rows();

Problem expand_and_apply(Config& config, std::size_t index, string_view value) {
  if (Problem problem = config.expansion.expand(value, uses[index].escapes)) return problem;
  return Table::apply(&config, index, value);
}

// On the command line a value is one item, whatever it contains: in a header, a line's end is what an
// injected one begins with.
Problem apply_each(void* state, std::size_t index, string_view value) {
  Config& config = *static_cast<Config*>(state);
  config.display = uses[index].display;
  char separator = uses[index].separator;
  if (separator == '\0' || !config.expansion.is_from_environment(value))
    return expand_and_apply(config, index, value);
  Problem problem = nullptr;
  while (problem == nullptr && !value.empty()) {
    string_view item = base::take_until(value, separator);
    if (!item.empty()) problem = expand_and_apply(config, index, item);
  }
  return problem;
}

constexpr base::OptionTable table_of_options() {
  base::OptionTable table = Table::table("DISTROLESS_HEALTHCHECK_");
  table.apply = &apply_each;
  return table;
}

}  // namespace

constinit const base::OptionTable option_table = table_of_options();

std::size_t find_unused_option(std::uint64_t given, Schemes schemes) {
  std::size_t index = 0;
  while (index < rows.size() && ((given >> index & 1) == 0 || (uses[index].schemes & schemes) != 0)) ++index;
  return index;
}

}  // namespace healthcheck
