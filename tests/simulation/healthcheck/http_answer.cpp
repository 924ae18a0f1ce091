// Answers of HTTP/1: right ones in all the forms that RFC 9112 allows, and wrong ones of many kinds.
#include <algorithm>

#include "simulation/healthcheck/answer.hpp"

namespace simulation {
namespace {

constexpr std::size_t limit = 65'536;  // of the headers, and of the body's part that is searched

enum class Framing : std::uint8_t { Counted, Chunked, UntilEnd };
enum class Fault : std::uint8_t { None, NotHttp, Length, Chunk, EndlessHeaders, Switching };

// Returns the end of the text in the body, white space not counted.
std::size_t end_of(std::string_view text, const std::string& body) {
  std::string dense;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (std::string_view{" \t\r\n"}.contains(body[i])) continue;
    dense += body[i];
    places.push_back(i);
  }
  std::size_t at = dense.find(text);
  if (at == std::string::npos || places[at + text.size() - 1] >= limit) return nowhere;
  return places[at + text.size() - 1] + 1;
}

class HttpServer {
 public:
  HttpServer(Random& random, const Settings& settings, Quality quality)
      : random_(random), settings_(settings), is_right_(quality != Quality::Wrong) {}

  Answer answer() {
    draw();
    if (fault_ == Fault::NotHttp) return not_http();
    add_interim();
    add_headers();
    if (fault_ == Fault::EndlessHeaders) return std::move(answer_);
    add_body();
    annotate();
    return std::move(answer_);
  }

 private:
  void draw() {
    eol_ = random_.one_in(4) ? "\n" : "\r\n";
    status_ = random_.pick(settings_.statuses->wanted);
    framing_ = random_.pick(std::array{Framing::Counted, Framing::Chunked, Framing::UntilEnd});
    bool lacks_text = false, has_forbidden = false;
    if (!is_right_) {
      switch (random_.below(4)) {
        case 0:
          status_ = random_.pick(settings_.statuses->unwanted);
          break;
        case 1:
          fault_ = random_.pick(std::array{Fault::NotHttp, Fault::Length, Fault::Chunk, Fault::Switching});
          if (random_.one_in(64)) fault_ = Fault::EndlessHeaders;
          break;
        case 2:
          lacks_text = true;
          break;
        default:
          has_forbidden = true;
      }
    }
    if (fault_ == Fault::Length) framing_ = Framing::Counted;
    if (fault_ == Fault::Chunk) framing_ = Framing::Chunked;
    if (fault_ == Fault::Switching) status_ = 101;
    draw_body(lacks_text, has_forbidden);
  }

  void draw_body(bool lacks_text, bool has_forbidden) {
    if (random_.one_in(8) && settings_.required.empty()) return;
    // Some texts come late, and some so late that nobody looks for them.
    if (random_.one_in(2048)) body_.assign(limit - 40 + static_cast<std::size_t>(random_.below(80)), '.');
    body_ += random_.pick(std::array{"{", "<p>\n", "\"status\":\"U", "rea dy", "DOW"});
    for (std::string_view text : settings_.required) {
      if (lacks_text) text.remove_suffix(1);
      for (char c : text) {
        body_ += c;
        if (random_.one_in(16)) body_ += "\r\n ";
      }
      body_ += random_.pick(std::array{",", "-- ", "\n"});
    }
    if (has_forbidden) body_ += "DO WN";
    body_ += std::string(static_cast<std::size_t>(random_.below(24)), '-');
    if (random_.one_in(2048)) body_ += std::string(limit, '-');
  }

  void line(std::string_view text) { answer_.bytes.append(text).append(eol_); }

  Answer not_http() {
    constexpr std::array<std::string_view, 7> others{"SSH-2.0-OpenSSH_9.2\r\n",
                                                     std::string_view{"\x15\3\1\0\2\2\x28", 7},
                                                     std::string_view{"\0\0\6\4\0\0\0\0\0\0\3\0\0\0\x64", 15},
                                                     "HTP/1.1 200 OK\r\n\r\n",
                                                     "HTTP/2 200\r\n\r\n",
                                                     "<html>fine</html>",
                                                     "HTTP/1.1 20x OK\r\n\r\n"};
    answer_.bytes = random_.pick(others);
    answer_.wrong_from = 0;
    answer_.wrong_at = answer_.bytes.size();
    return std::move(answer_);
  }

  void add_interim() {
    while (random_.one_in(6)) {
      line(random_.pick(std::array{"HTTP/1.1 100 Continue", "HTTP/1.1 103"}));
      // An interim response has no body, whatever it says.
      if (random_.one_in(2)) line("Content-Length: 5");
      line("");
    }
  }

  void add_headers() {
    line("HTTP/1." + std::to_string(random_.below(2)) + " " + std::to_string(status_) +
         random_.pick(std::array{"", " ", " OK", " Some Reason"}));
    if (random_.one_in(2)) line(random_.pick(std::array{"Server: x", "X: y\r\n folded: on", "Odd line"}));
    if (fault_ == Fault::Length) {
      answer_.wrong_from = answer_.bytes.size();
      line(std::string{"Content-Length: "} +
           random_.pick(std::array{"abc", "-1", "18446744073709551616", "5, 6", "0x10", "",
                                   "5\r\nContent-Length: 6"}));
    } else if (fault_ == Fault::EndlessHeaders) {
      answer_.bytes += "X: " + std::string(limit, 'x');
      answer_.wrong_from = limit;
      answer_.wrong_at = answer_.headers_end = answer_.bytes.size();
      return;
    } else if (framing_ == Framing::Chunked) {
      line(random_.pick(std::array{"Transfer-Encoding: chunked", "transfer-encoding:CHUNKED \t",
                                   "Transfer-Encoding: gzip, chunked"}));
      if (random_.one_in(8)) line("Content-Length: 3");
    } else if (framing_ == Framing::Counted) {
      std::string length = std::to_string(body_.size());
      line(random_.pick(std::array{"Content-Length: ", "content-LENGTH:"}) + length +
           (random_.one_in(8) ? ", " + length : ""));
    }
    line("");
    answer_.headers_end = answer_.bytes.size();
  }

  bool has_body() const {
    return settings_.method != "HEAD" && status_ != 204 && status_ != 304 && fault_ != Fault::Switching;
  }

  // Adds the body, and learns at which byte of the stream each of its bytes is complete.
  void add_body() {
    places_.push_back(answer_.headers_end);
    std::size_t rest_of_chunk = 0;
    auto broken_at = fault_ == Fault::Chunk ? random_.below(static_cast<std::int64_t>(body_.size()) + 1) : -1;
    for (std::size_t i = 0; i < body_.size(); ++i) {
      if (framing_ == Framing::Chunked && rest_of_chunk == 0) {
        if (broken_at >= 0 && i >= static_cast<std::size_t>(broken_at)) return break_chunk();
        rest_of_chunk = std::min(body_.size() - i, 1 + static_cast<std::size_t>(random_.below(4096)) % 40 *
                                                           (body_.size() / 64 + 1));
        begin_chunk(rest_of_chunk);
      }
      answer_.bytes += body_[i];
      places_.push_back(answer_.bytes.size());
      if (framing_ == Framing::Chunked && --rest_of_chunk == 0) line("");
    }
    if (broken_at >= 0) return break_chunk();
    if (framing_ != Framing::Chunked) return;
    line(random_.pick(std::array{"0", "00", "0;last"}));
    if (random_.one_in(4)) line("Trailer: t");
    line("");
  }

  void begin_chunk(std::size_t size) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string number;
    for (; size != 0; size /= 16) number.insert(number.begin(), digits[size % 16]);
    line(number + random_.pick(std::array{"", ";name=value", " "}));
  }

  void break_chunk() {
    answer_.wrong_from = answer_.bytes.size();
    line(random_.pick(std::array{"zz", "", "fffffffffffffffff0", "-5"}));
    answer_.wrong_at = answer_.bytes.size();
  }

  std::size_t place(std::size_t in_body) const {
    return in_body < places_.size() ? places_[in_body] : nowhere;
  }

  void annotate() {
    std::size_t headers = answer_.headers_end;
    if (fault_ == Fault::Length) answer_.wrong_at = headers;
    if (!has_body()) {
      answer_.message_end = headers;
      // Nobody reads on.
      if (fault_ == Fault::Chunk) answer_.wrong_from = answer_.wrong_at = nowhere;
      places_.resize(1);
      body_.clear();
    } else if (framing_ == Framing::UntilEnd) {
      answer_.lasts_until_end = true;
    } else if (fault_ == Fault::None) {
      answer_.message_end = answer_.bytes.size();
    }
    bool is_wanted = std::ranges::count(settings_.statuses->wanted, status_) != 0 && status_ != 101;
    std::size_t first_forbidden = nowhere;
    answer_.texts_end = headers;
    for (std::string_view text : settings_.required)
      answer_.texts_end = std::max(answer_.texts_end, place(end_of(text, body_)));
    for (std::string_view text : settings_.forbidden)
      first_forbidden = std::min(first_forbidden, place(end_of(text, body_)));
    // Nothing after this place is searched.
    std::size_t search_end = std::min(answer_.message_end, place(limit));
    decide(is_wanted, first_forbidden, search_end);
  }

  void decide(bool is_wanted, std::size_t first_forbidden, std::size_t search_end) {
    Answer& a = answer_;
    bool is_short = framing_ == Framing::Counted && body_.size() <= limit && has_body();
    bool is_broken_before = a.wrong_at <= a.headers_end;
    std::size_t wrong = !is_wanted ? a.headers_end : first_forbidden;
    if (a.texts_end == nowhere) wrong = std::min(wrong, std::max(search_end, is_short ? a.message_end : 0));
    if (wrong != nowhere && wrong < a.wrong_from) a.wrong_from = wrong;
    if (wrong < a.wrong_at) a.wrong_at = wrong;
    if (a.wrong_at != nowhere && a.wrong_at <= a.headers_end) return;
    if (is_broken_before || first_forbidden != nowhere || a.texts_end == nowhere) return;
    a.right_at = a.texts_end;
    if (is_short) a.right_at = a.message_end;
    if (!settings_.forbidden.empty()) a.right_at = std::max(a.right_at, search_end);
  }

  Random& random_;
  const Settings& settings_;
  bool is_right_;
  Fault fault_ = Fault::None;
  Framing framing_ = Framing::Counted;
  int status_ = 200;
  std::string_view eol_ = "\r\n";
  std::string body_;
  std::vector<std::size_t> places_;
  Answer answer_;
};

}  // namespace

Answer http_answer(Random& random, const Settings& settings, Quality quality) {
  return HttpServer{random, settings, quality}.answer();
}

}  // namespace simulation
