// Runs the traces of RFC 8448 through the parts of the client: the parser of the ServerHello, the key
// exchange, the transcript, the key schedule, and the protection of records, which gives the RFC's own bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "healthcheck/protocol/tls/handshake/certificate_reader.hpp"
#include "healthcheck/protocol/tls/handshake/handshake_reader.hpp"
#include "healthcheck/protocol/tls/handshake/key_schedule.hpp"
#include "healthcheck/protocol/tls/handshake/server_hello.hpp"
#include "healthcheck/protocol/tls/handshake/transcript.hpp"
#include "healthcheck/protocol/tls/record/record_reader.hpp"
#include "healthcheck/protocol/tls/record/record_writer.hpp"
#include "rfc8448.hpp"
#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

// The body of a handshake message.
Bytes body_of(const ByteString& message) { return Bytes{message}.subspan(HandshakeReader::header_size); }

// Opens a record with the next keys of the direction.
ByteString open(RecordReader& reader, const char* digits, ContentType type) {
  const ByteString record = from_hex(digits);
  EXPECT_EQ(reader.feed(record), record.size());
  EXPECT_EQ(reader.open(), Fault{});
  EXPECT_EQ(reader.type(), type);
  return {reader.fragment().begin(), reader.fragment().end()};
}

std::string write(RecordWriter& writer, ContentType type, const ByteString& text) {
  auto out = std::make_unique<base::Arena>();
  writer.begin(*out, type);
  out->add(as_text(text));
  writer.finish(*out);
  return to_hex(as_bytes(out->since(0)));
}

class Traced : public testing::TestWithParam<const rfc8448::Trace*> {
 protected:
  Traced() {
    transcript_.update(from_hex(trace_.client_hellos[0]));
    if (trace_.retry != nullptr) {
      transcript_.replace_by_digest(Hash::Sha256);
      transcript_.update(from_hex(trace_.retry));
      transcript_.update(from_hex(trace_.client_hellos[1]));
    }
    transcript_.update(server_hello_);
    schedule_.choose(Version::Tls13, Hash::Sha256);
    schedule_.begin_handshake(from_hex(trace_.shared_secret), transcript_.digest(Hash::Sha256));
  }

  // Reads the server's flight, up to its end, and checks its Finished.
  void read_flight() {
    reader_->protect(schedule_.keys(Side::Server));
    const ByteString flight = open(*reader_, trace_.server_flight, ContentType::Handshake);
    HandshakeReader messages;
    for (Bytes rest = flight; !rest.empty();) {
      const Digest before = transcript_.digest(Hash::Sha256);
      const Bytes message = rest.first(messages.feed(rest));
      rest = rest.subspan(message.size());
      transcript_.update(message);
      types_.push_back(messages.type());
      if (messages.type() == HandshakeType::Certificate) certificate_.feed(messages.body());
      if (messages.type() != HandshakeType::Finished) continue;
      EXPECT_EQ(to_hex(message), trace_.server_finished);
      EXPECT_EQ(finished(Side::Server, before), to_hex(messages.body()));
    }
  }

  std::string finished(Side side, const Digest& transcript) const {
    Digest buffer{Hash::Sha256};
    return to_hex(schedule_.verify_data(side, transcript, buffer));
  }
  void begin_application() { schedule_.begin_application(transcript_.digest(Hash::Sha256)); }

  const rfc8448::Trace& trace_ = *GetParam();
  const ByteString server_hello_ = from_hex(trace_.server_hello);
  Transcript transcript_;
  KeySchedule schedule_;
  std::unique_ptr<RecordReader> reader_ = std::make_unique<RecordReader>();
  std::vector<HandshakeType> types_;
  CertificateReader certificate_{7};
};

TEST_P(Traced, ServerHelloLeadsToTheSharedSecret) {
  ServerHello hello;
  ASSERT_EQ(parse_server_hello(body_of(server_hello_), hello), Fault{});
  EXPECT_EQ(hello.version, Version::Tls13);
  EXPECT_EQ(hello.hash, Hash::Sha256);
  EXPECT_FALSE(hello.is_retry);
  ASSERT_TRUE(hello.group);
  ByteString secret(secret_size(*hello.group)), share(share_size(*hello.group));
  ASSERT_TRUE(agree(*hello.group, from_hex(trace_.scalar), hello.share, secret));
  EXPECT_EQ(to_hex(secret), trace_.shared_secret);
  // A point's x is in the ClientHello; y may be either root.
  make_share(*hello.group, from_hex(trace_.scalar), share);
  const std::string hellos = trace_.client_hellos[trace_.retry != nullptr ? 1 : 0];
  EXPECT_NE(hellos.find(to_hex(Bytes{share}.first(*hello.group == Group::X25519 ? 32 : 33))), hellos.npos);
}

TEST_P(Traced, TranscriptHashIsThatOfTheRfc) {
  EXPECT_EQ(to_hex(transcript_.digest(Hash::Sha256).bytes()), trace_.transcript);
}

TEST_P(Traced, ServerFlightIsReadToItsFinished) {
  read_flight();
  EXPECT_EQ(types_, (std::vector{HandshakeType::EncryptedExtensions, HandshakeType::Certificate,
                                 HandshakeType::CertificateVerify, HandshakeType::Finished}));
  EXPECT_EQ(certificate_.not_after(), 1'785'374'639);  // 2026-07-30 01:23:59
}

TEST_P(Traced, ClientFinishedIsWrittenAsTheRfcHasIt) {
  read_flight();
  EXPECT_EQ("14000020" + finished(Side::Client, transcript_.digest(Hash::Sha256)), trace_.client_finished);
  RecordWriter writer;
  writer.protect(schedule_.keys(Side::Client));
  EXPECT_EQ(write(writer, ContentType::Handshake, from_hex(trace_.client_finished)),
            trace_.client_finished_record);
}

TEST_P(Traced, ApplicationKeysAreThoseOfTheRfc) {
  read_flight();
  begin_application();
  const RecordKeys client = schedule_.keys(Side::Client), server = schedule_.keys(Side::Server);
  const auto& keys = trace_.application_keys;
  EXPECT_EQ(to_hex(client.key()), keys[0]);
  EXPECT_EQ(to_hex(client.iv), keys[1]);
  EXPECT_EQ(to_hex(server.key()), keys[2]);
  EXPECT_EQ(to_hex(server.iv), keys[3]);
}

constexpr const rfc8448::Trace* traces[] = {&rfc8448::simple::trace, &rfc8448::after_retry::trace};

INSTANTIATE_TEST_SUITE_P(Rfc8448, Traced, testing::ValuesIn(traces),
                         [](const auto& test) { return std::string{name_of(*test.param)}; });

class SimpleTrace : public Traced {};

// The schedule keeps its secrets to itself; a secret's key and initialisation vector stand for it.
std::string derived_from(const char* secret) {
  Digest digest{Hash::Sha256};
  std::ranges::copy(from_hex(secret), digest.storage.begin());
  ByteString key(16), iv(12);
  hkdf_expand_label(digest, "key", {}, key);
  hkdf_expand_label(digest, "iv", {}, iv);
  return to_hex(key) + to_hex(iv);
}

std::string derived_from(const RecordKeys& keys) { return to_hex(keys.key()) + to_hex(keys.iv); }

TEST_P(SimpleTrace, SecretsAreThoseOfTheRfc) {
  using namespace rfc8448::simple;
  EXPECT_EQ(derived_from(schedule_.keys(Side::Client)), derived_from(client_handshake_secret));
  EXPECT_EQ(derived_from(schedule_.keys(Side::Server)), derived_from(server_handshake_secret));
  read_flight();
  begin_application();
  EXPECT_EQ(derived_from(schedule_.keys(Side::Client)), derived_from(client_application_secret));
  EXPECT_EQ(derived_from(schedule_.keys(Side::Server)), derived_from(server_application_secret));
}

TEST_P(SimpleTrace, RecordsAfterTheHandshakeAreReadAndWritten) {
  using namespace rfc8448::simple;
  read_flight();
  begin_application();
  ByteString data;
  for (std::uint8_t byte = 0; byte < 50; ++byte) data.push_back(byte);
  const ByteString close_notify = {1, 0};

  reader_->protect(schedule_.keys(Side::Server));
  const ByteString message = open(*reader_, ticket, ContentType::Handshake);
  EXPECT_EQ(HandshakeType{message.front()}, HandshakeType::NewSessionTicket);
  EXPECT_EQ(open(*reader_, server_data, ContentType::ApplicationData), data);
  EXPECT_EQ(open(*reader_, server_close, ContentType::Alert), close_notify);

  RecordWriter writer;
  writer.protect(schedule_.keys(Side::Client));
  EXPECT_EQ(write(writer, ContentType::ApplicationData, data), client_data);
  EXPECT_EQ(write(writer, ContentType::Alert, close_notify), client_close);
}

INSTANTIATE_TEST_SUITE_P(Rfc8448, SimpleTrace, testing::Values(traces[0]),
                         [](const auto& test) { return std::string{name_of(*test.param)}; });

TEST(RetryTrace, RequestNamesTheGroupAndBringsACookie) {
  const ByteString message = from_hex(rfc8448::after_retry::retry);
  ServerHello hello;
  ASSERT_EQ(parse_server_hello(body_of(message), hello), Fault{});
  EXPECT_TRUE(hello.is_retry);
  EXPECT_EQ(hello.group, Group::P256);
  EXPECT_EQ(hello.hash, Hash::Sha256);
  EXPECT_EQ(hello.cookie.size(), 114U);
  // The second ClientHello returns it.
  const std::string second = rfc8448::after_retry::second_hello;
  EXPECT_NE(second.find(to_hex(hello.cookie)), second.npos);
}

}  // namespace
}  // namespace healthcheck::tls
