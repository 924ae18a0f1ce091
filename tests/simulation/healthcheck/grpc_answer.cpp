// Answers of grpc.health.v1.Health/Check in the frames of HTTP/2: right ones in many forms, and wrong ones.
#include <algorithm>

#include "simulation/healthcheck/answer.hpp"

namespace simulation {
namespace {

using namespace std::string_view_literals;

enum Type : std::uint8_t {
  Data,
  Headers,
  Priority,
  Reset,
  SettingsFrame,
  Push,
  Ping,
  GoAway,
  Window,
  Continuation
};
constexpr unsigned EndStream = 1, Acknowledge = 1, EndHeaders = 4, Padded = 8, Prioritized = 32;

std::string frame(std::uint8_t type, unsigned flags, char stream, std::string_view payload) {
  std::string bytes{'\0',
                    static_cast<char>(payload.size() >> 8),
                    static_cast<char>(payload.size()),
                    static_cast<char>(type),
                    static_cast<char>(flags),
                    '\0',
                    '\0',
                    '\0',
                    stream};
  return bytes.append(payload);
}

std::string text(std::string_view value) { return static_cast<char>(value.size()) + std::string{value}; }

class GrpcServer {
 public:
  GrpcServer(Random& random, Quality quality) : random_(random), is_right_(quality != Quality::Wrong) {}

  Answer answer() {
    // 0 to 4 are wrong from the start, the others in the course of the answer.
    fault_ = is_right_ ? 100 : random_.below(20);
    if (fault_ < 5) return not_grpc();
    begin();
    if (fault_ == 5) wrong(frame(GoAway, 0, 0, "\0\0\0\0\0\0\0\2too_many_pings"sv));
    if (fault_ == 6) wrong(frame(Reset, 0, 1, "\0\0\0\7"sv));
    if (fault_ == 7) wrong(frame(Ping, 0, 0, "sevenby"sv));
    if (fault_ == 8) wrong(frame(Data, 0, 1, "\0\0\0\0\2\x8\1"sv));
    if (fault_ == 9) wrong(frame(Window, 0, 1, "\0\0\0\0"sv));
    if (fault_ == 10) return trailers_only();
    add_headers();
    add_noise();
    add_message();
    add_noise();
    add_trailers();
    return std::move(answer_);
  }

 private:
  bool chance(std::int64_t chances) { return random_.one_in(chances); }

  void wrong(std::string_view bytes) {
    answer_.wrong_from = std::min(answer_.wrong_from, answer_.bytes.size());
    answer_.bytes.append(bytes);
    if (answer_.wrong_at == nowhere) answer_.wrong_at = answer_.bytes.size();
  }

  void add(std::string_view bytes) { answer_.bytes.append(bytes); }

  Answer not_grpc() {
    constexpr std::array<std::string_view, 5> others{
        "HTTP/1.1 400 Bad Request\r\n\r\n"sv, "\x15\3\1\0\2\2\x28"sv, "\0\0\1\6\0\0\0\0\0."sv,
        "\0\0\6\4\0\0\0\0\1\0\3\0\0\0\x64"sv, "\0\0\0\4\1\0\0\0\0"sv};
    wrong(others[static_cast<std::size_t>(fault_)]);
    return std::move(answer_);
  }

  void owe(std::string_view reply) {
    // Nobody knows how far the client reads what is wrong.
    if (answer_.wrong_from != nowhere) return;
    answer_.replies.append(reply);
    answer_.due.push_back({answer_.bytes.size(), answer_.replies.size()});
  }

  void begin() {
    std::string settings;
    if (chance(2)) settings = "\0\3\0\0\0\x64\0\4\0\1\0\0"sv;
    add(frame(SettingsFrame, 0, 0, settings));
    owe(frame(SettingsFrame, Acknowledge, 0, ""));
    if (chance(2)) add(frame(SettingsFrame, Acknowledge, 0, ""));
    add_noise();
  }

  // Frames that a server may send at any time.
  void add_noise() {
    while (chance(4)) {
      switch (random_.below(5)) {
        case 0:
          add(frame(Window, 0, 0, "\0\0\xff\xff"sv));
          break;
        case 1:
          add(frame(Ping, 0, 0, "12345678"));
          owe(frame(Ping, Acknowledge, 0, "12345678"));
          break;
        case 2:
          add(frame(0xbe, 0, 5, "unknown"));
          break;
        case 3:
          // A shutdown in good order: the call is still answered.
          add(frame(GoAway, 0, 0, "\x7f\xff\xff\xff\0\0\0\0"sv));
          break;
        default:
          add(frame(Priority, 0, 1, "\0\0\0\0\x10"sv));
      }
    }
  }

  void add_block(const std::string& block, unsigned flags) {
    std::string payload = block;
    if (chance(6)) flags |= Prioritized, payload.insert(0, "\0\0\0\0\x10"sv);
    if (chance(6)) flags |= Padded, payload = '\3' + payload + std::string(3, '\0');
    std::size_t cut = (flags & Padded) == 0 && chance(4) ? payload.size() / 2 + 3 : payload.size();
    bool is_cut = cut < payload.size();
    add(frame(Headers, flags | (is_cut ? 0U : EndHeaders), 1, payload.substr(0, cut)));
    if (is_cut) add(frame(Continuation, EndHeaders, 1, payload.substr(cut)));
  }

  std::string literal(std::string_view name, std::string_view value) {
    return random_.pick(std::array{'\0', '\x10', '\x40'}) + text(name) + text(value);
  }

  void add_headers() {
    if (chance(8)) add_block(literal(":status", "103") + literal("link", "x"), 0);
    std::size_t start = answer_.bytes.size();
    std::string status = fault_ == 11 ? "\x8d" : "\x88";  // 404 or 200 of the static table
    std::string type =
        fault_ == 12 ? "text/html" : random_.pick(std::array{"application/grpc", "application/grpc+proto"});
    std::string block = status + (chance(2) ? "\x0f\x10" + text(type) : literal("content-type", type));
    if (chance(4)) block += literal("server", "x");
    add_block(block, 0);
    if (fault_ == 11 || fault_ == 12) wrong_since(start);
  }

  void wrong_since(std::size_t start) {
    answer_.wrong_from = std::min(answer_.wrong_from, start);
    answer_.wrong_at = std::min(answer_.wrong_at, answer_.bytes.size());
  }

  void add_message() {
    std::string message;
    if (chance(4)) message += "\x12\3abc"sv;  // an unknown field
    if (chance(4))
      message +=
          "\x19"
          "12345678"
          "\x25"
          "1234"sv;  // fixed-width ones
    std::size_t start = answer_.bytes.size();
    char status = fault_ == 13 ? random_.pick(std::array{'\2', '\3', '\0', '\x7f'}) : '\1';
    message += std::string{"\x8"} + status;
    if (chance(4)) message += "\x10\x96\1"sv;
    std::string prefix{fault_ == 14 ? '\1' : '\0', '\0', '\0', '\0', static_cast<char>(message.size())};
    std::string whole = prefix + message;
    if (fault_ == 15) whole.pop_back();
    if (fault_ == 16) whole += "\0\0\0\0\0"sv;
    std::size_t cut =
        chance(3) ? static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(whole.size()))) : 0;
    char stream = fault_ == 17 ? '\3' : '\1';
    if (cut != 0) add(frame(Data, 0, stream, whole.substr(0, cut)));
    bool is_padded = chance(6);
    std::string rest = whole.substr(cut);
    if (is_padded) rest = '\2' + rest + std::string(2, '\0');
    // Without trailers there is no status of the call.
    unsigned flags = (is_padded ? Padded : 0U) | (fault_ == 18 ? EndStream : 0U);
    add(frame(Data, flags, stream, rest));
    if (fault_ == 14 || fault_ == 17 || fault_ == 18) wrong_since(start);
    if (fault_ == 13 || fault_ == 15 || fault_ == 16)
      answer_.wrong_from = std::min(answer_.wrong_from, start);
  }

  void add_trailers() {
    std::size_t start = answer_.bytes.size();
    std::string status = fault_ == 19 ? random_.pick(std::array{"5", "12", "14", "2x"}) : "0";
    std::string block = literal("grpc-status", status);
    if (chance(4)) block += literal("grpc-message", "");
    add_block(block, EndStream);
    if (fault_ == 19) wrong_since(start);
    if (!is_right_) return wrong_since(answer_.bytes.size());
    answer_.right_at = answer_.message_end = answer_.bytes.size();
  }

  Answer trailers_only() {
    std::size_t start = answer_.bytes.size();
    add_block("\x88" + literal("content-type", "application/grpc") + literal("grpc-status", "12"), EndStream);
    wrong_since(start);
    return std::move(answer_);
  }

  Random& random_;
  bool is_right_;
  std::int64_t fault_ = 0;
  Answer answer_;
};

}  // namespace

Answer grpc_answer(Random& random, Quality quality) { return GrpcServer{random, quality}.answer(); }

}  // namespace simulation
