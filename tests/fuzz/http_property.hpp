// The property that holds for every HTTP response, however it is cut. It is a template, so that a test can
// show that it detects a reader that loses a byte.
#pragma once

#include "healthcheck/protocol/http/http_reader.hpp"
#include "property.hpp"
#include "tests/harness/answers/body_texts.hpp"

namespace fuzz {

struct Response {
  healthcheck::HttpReader::Body body{};
  bool ends = false;
  std::string_view wanted{};
  std::string_view bytes{};
};

// Byte 0 chooses the options of the reading, including the text to search for; the rest is the response.
inline Response response_from(std::string_view input) {
  using healthcheck::HttpReader;
  Choices choices{input};
  const unsigned how = choices.take();
  Response response;
  response.body = (how & 1) != 0 ? HttpReader::Body::Absent : HttpReader::Body::Expected;
  response.ends = (how & 2) != 0;
  if ((how & 4) != 0) response.wanted = choices.take_text(how >> 5);
  response.bytes = choices.rest();
  return response;
}

// Every result of a reader.
template <class Reader>
std::string told_by(const Reader& reader) {
  std::string told = reader.problem() == nullptr ? "no problem" : reader.problem();
  told += reader.has_headers() ? ", headers" : ", no headers";
  told += reader.is_over() ? ", over" : "";
  told += reader.search().has_required_texts() ? ", found" : "";
  told += reader.is_searching() ? ", searching" : "";
  return told + ", " + std::to_string(reader.status()) + " " + std::string{reader.reason()};
}

template <class Reader>
std::string read(const Response& response, unsigned way) {
  const Exactly wanted{response.wanted};
  Reader reader{response.body, healthcheck::requiring(wanted.text())};
  feed_in_pieces(response.bytes, way, [&](std::string_view piece) { reader.feed(piece); });
  if (response.ends) reader.end();
  return told_by(reader);
}

template <class Reader>
Violation same_however_cut(const Response& response) {
  const std::string whole = read<Reader>(response, 0);
  for (unsigned way = 1; way < ways_to_cut; ++way)
    if (const std::string cut = read<Reader>(response, way); cut != whole)
      return "at once: " + whole + "; in pieces: " + cut;
  return {};
}

}  // namespace fuzz
