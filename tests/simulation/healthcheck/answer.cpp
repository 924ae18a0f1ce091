// The verdicts, and the answers of plain texts.
#include "simulation/healthcheck/answer.hpp"

#include <algorithm>
#include <cstdio>

#include "simulation/trace.hpp"

namespace simulation {

namespace {

// Returns whether so many bytes of a wire end in the middle of a record (RFC 8446 §5.1).
bool ends_in_record(std::string_view wire, std::size_t size) {
  std::size_t at = 0;
  while (at + record_header <= size) at = end_of_record(wire, at);
  return at != size;
}

// Returns whether an answer that lasts until the connection ends has come whole.
bool is_whole(const Answer& answer, const Heard& heard) {
  if (heard.end != End::Fin || heard.bytes < answer.headers_end || heard.bytes < answer.texts_end)
    return false;
  if (!answer.has_records) return true;
  // Without a close_notify, the verdict must not depend on what may be missing.
  if (heard.bytes < answer.closes_at && heard.bytes < answer.right_at) return false;
  return !ends_in_record(answer.bytes, heard.bytes);
}

}  // namespace

std::size_t end_of_record(std::string_view wire, std::size_t at) {
  const auto byte = [&](std::size_t place) {
    return static_cast<std::size_t>(static_cast<unsigned char>(wire[place]));
  };
  return at + record_header + (byte(at + 3) << 8 | byte(at + 4));
}

Truth judge(const Answer& answer, const Heard& heard) {
  if (answer.is_unknown) return Truth::Unknown;
  const End end = heard.has_left ? End::None : heard.end;
  if (heard.bytes >= answer.wrong_at) return Truth::Unhealthy;
  if (heard.bytes >= answer.wrong_from) {
    if (heard.bytes >= answer.right_at) return Truth::Unknown;
    return end == End::None ? Truth::Doubtful : Truth::Unhealthy;
  }
  // The verdict stands if the connection fails after it.
  if (end == End::Failure) return heard.bytes >= answer.right_at ? Truth::Healthy : Truth::Unhealthy;
  if (end != End::None && heard.bytes < answer.message_end)
    return answer.lasts_until_end && is_whole(answer, heard) ? Truth::Healthy : Truth::Unhealthy;
  return heard.bytes >= answer.right_at ? Truth::Healthy : Truth::Incomplete;
}

void show(const Answer& answer) {
  if (!tracing) return;
  std::printf("  answer: ");
  for (char c : answer.bytes.substr(0, 1000))
    if (c >= ' ' && c <= '~')
      std::printf("%c", c);
    else
      std::printf("\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
  auto place = [](const char* name, std::size_t at) {
    if (at != nowhere) std::printf(" %s %zu,", name, at);
  };
  std::printf("\n  %zu bytes:", answer.bytes.size());
  place("headers end", answer.headers_end);
  place("message ends", answer.message_end);
  place("texts end", answer.texts_end);
  place("right at", answer.right_at);
  place("wrong from", answer.wrong_from);
  place("wrong at", answer.wrong_at);
  std::printf("%s\n", answer.is_unknown ? " changed" : "");
}

namespace {

// Lines that contain the expected text, or almost.
std::string greeting(Random& random, const Settings& settings, bool is_right) {
  std::string text = random.pick(std::array{"", "+OK ", "220 host ESMTP\r\n", "aaa", "PO"});
  if (settings.expect.empty()) return text + "hello\r\n";
  if (is_right) return text + std::string{settings.expect} + random.pick(std::array{"", "\r\n", "more"});
  std::string_view almost = settings.expect;
  almost.remove_suffix(1);
  return text + std::string{almost} + "-NO";
}

}  // namespace

Answer text_answer(Random& random, const Settings& settings, Quality quality) {
  Answer answer;
  answer.bytes = greeting(random, settings, quality == Quality::Right);
  if (settings.expect.empty()) {
    answer.right_at = answer.message_end = 0;
    return answer;
  }
  std::size_t at = answer.bytes.find(settings.expect);
  if (at != std::string::npos) answer.right_at = answer.message_end = at + settings.expect.size();
  return answer;
}

Answer datagrams(Random& random, const Settings& settings, Quality quality) {
  Answer answer;
  if (settings.expect.empty()) answer.right_at = 0;
  for (auto count = 1 + random.below(3); count > 0; --count) {
    std::string one = greeting(random, settings, quality == Quality::Right && count == 1);
    if (random.one_in(4)) one.clear();
    answer.bytes += one;
    answer.datagrams.push_back(answer.bytes.size());
    bool is_found = one.find(settings.expect) != std::string::npos && !settings.expect.empty();
    if (is_found) answer.right_at = answer.message_end = std::min(answer.right_at, answer.bytes.size());
  }
  return answer;
}

Answer echo(const Settings& settings, Scheme scheme) {
  Answer answer;
  // No request is an answer: the first byte of HTTP's is a method's, and gRPC's is no length of a frame.
  if (scheme == Scheme::Http || scheme == Scheme::Grpc) {
    answer.wrong_from = 0;
    answer.wrong_at = 24;
    return answer;
  }
  if (settings.expect.empty()) answer.wrong_at = 0;
  std::size_t at = settings.send.find(settings.expect);
  if (at != std::string::npos) answer.wrong_at = at + settings.expect.size();
  return answer;
}

}  // namespace simulation
