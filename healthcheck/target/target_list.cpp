#include "healthcheck/target/target_list.hpp"

#include "base/text.hpp"

namespace healthcheck {

bool TargetList::next(std::string_view& text) {
  if (*operands_ != nullptr) {
    text = *operands_++;
    if (*operands_ == nullptr) words_ = {};
    return true;
  }
  text = base::take_word(words_);
  return !text.empty();
}

base::Problem read_target(const Plan& plan, Expansion& expansion, std::string_view text, Target& target) {
  target.text = text;
  if (base::Problem problem = expansion.expand(text, Escapes::Keep)) return problem;
  if (text.starts_with(':')) {
    base::Arena& arena = expansion.arena();
    std::size_t start = arena.size();
    arena.add("localhost");
    arena.add(text);
    if (arena.overflowed()) return "too long";
    text = arena.since(start);
  }
  if (base::Problem problem = parse_target(text, target)) return problem;
  if (target.scheme >= Scheme::Unix) {
    std::size_t longest = target.scheme == Scheme::Unix ? longest_socket_path : longest_path;
    return target.path.size() > longest ? "path too long" : nullptr;
  }
  return target.port == 0 && !uses_unix_socket(plan, target) ? "no port" : nullptr;
}

bool uses_unix_socket(const Plan& plan, const Target& target) {
  return !plan.unix_socket.empty() && takes_unix_socket(target.scheme);
}

bool needs_hosts_file(const Plan& plan, const Target& target) {
  return !reaches_other_hosts && target.scheme <= Scheme::Udp && target.host == Host::Name &&
         !uses_unix_socket(plan, target);
}

}  // namespace healthcheck
