// Expansion, targets, the request made from them, status lists, durations.
#include "base/duration.hpp"
#include "healthcheck/protocol/http/http_request.hpp"
#include "healthcheck/protocol/http/status_list.hpp"
#include "healthcheck/target/expansion.hpp"
#include "healthcheck/target/target_list.hpp"
#include "property.hpp"

namespace fuzz {
namespace {

using namespace healthcheck;

bool is_plain(std::string_view text) {
  for (char c : text)
    if (c == 0x7f || (c >= 0 && c <= ' ')) return false;
  return true;
}

// One request line, then "Name: value" lines, and an empty one at the end: nothing in a target may look like
// more than that.
Violation check_request(std::string_view request) {
  if (!request.starts_with("GET /") || !request.ends_with("\r\n\r\n")) return "no request";
  if (request.find("\r\n\r\n") != request.size() - 4) return "more than one header section";
  int lines = 0;
  while (!request.empty()) {
    const std::size_t end = request.find("\r\n");
    const std::string_view line = request.substr(0, end);
    if (line.find_first_of(std::string_view{"\r\n\0", 3}) != line.npos) return "a line's end within a line";
    if (lines == 0 && !line.ends_with(" HTTP/1.1")) return "no version";
    request.remove_prefix(end + 2);
    ++lines;
  }
  return lines == 6 ? "" : "other headers than ours";
}

Violation check_target(std::string_view text, Expansion& expansion) {
  Plan plan;
  base::Arena& arena = expansion.arena();
  const base::Arena::Scope scope{arena};
  Target target;
  if (read_target(plan, expansion, text, target) != nullptr) return {};
  if (target.text != text) return "another text than the user's";
  if (!is_plain(target.authority)) return "blanks in a host";
  if (target.scheme >= Scheme::Unix)
    return target.path.starts_with('/') || target.is_abstract_socket() ? "" : "no absolute path";
  if (target.address.is_for_many() || target.address.is_unspecified())
    return "a multicast, broadcast or unspecified address";
  if (target.scheme != Scheme::Http) return {};
  const base::Arena::Scope request{arena};
  add_http_request(arena, plan, target);
  return arena.overflowed() ? "" : check_request(request.text());
}

Violation check_statuses(std::string_view list) {
  if (!is_status_list(list)) return {};
  if (list.find_first_not_of("0123456789-,") != list.npos) return "a list of more than numbers";
  bool any = false;
  for (unsigned status = 0; status < 1100; ++status) {
    const bool contains = contains_status(list, status);
    if (contains && (status < 100 || status > 999)) return "an invalid status";
    any = any || contains;
  }
  return any ? "" : "a list of nothing";
}

Violation check_duration(std::string_view text) {
  const auto duration = base::parse_duration(text);
  if (!duration) return {};
  if (duration->nanoseconds < 0) return "a negative duration";
  if (text.find_first_not_of("0123456789.msh") != text.npos) return "a duration of other letters";
  return {};
}

}  // namespace

// The first line is not a target: it is the value of ${A}. B is empty, C is not set.
Violation check(std::string_view input) {
  Choices choices{input};
  std::string variable = "A=" + std::string{choices.take_until('\n')};
  std::string empty = "B=";
  char* environment[] = {variable.data(), empty.data(), nullptr};
  base::Arena arena;
  Expansion expansion{environment, arena};
  const Exactly text{choices.rest()};
  for (const Escapes escapes : {Escapes::Keep, Escapes::Read}) {
    const base::Arena::Scope scope{arena};
    std::string_view expanded = text.text();
    const bool is_plain_text = expanded.find_first_of("$\\") == expanded.npos;
    const bool worked = expansion.expand(expanded, escapes) == nullptr;
    if (is_plain_text && worked && expanded != text.text()) return "changed without a reason";
    if (is_plain_text && !worked && text.text().size() < base::Arena::capacity)
      return "refused without a reason";
  }
  if (Violation violation = check_target(text.text(), expansion); !violation.empty()) return violation;
  if (Violation violation = check_statuses(text.text()); !violation.empty()) return violation;
  return check_duration(text.text());
}

}  // namespace fuzz
