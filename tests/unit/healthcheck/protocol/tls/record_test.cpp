// Tests the record layer: the types that a record may have, with and without protection.
#include <gtest/gtest.h>

#include <memory>

#include "healthcheck/protocol/tls/record/record_reader.hpp"
#include "healthcheck/protocol/tls/record/record_writer.hpp"
#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

using Protection = std::optional<RecordKeys>;

Protection protection_13() { return RecordKeys{.version = Version::Tls13, .hash = Hash::Sha256}; }
Protection protection_12() { return RecordKeys{.version = Version::Tls12, .hash = Hash::Sha256}; }

// Writes a record and reads it with the same protection. Returns the alert that the reader wants to send.
Fault alert_for(const Protection& protection, ContentType type, std::string_view text) {
  auto out = std::make_unique<base::Arena>();
  RecordWriter writer;
  auto reader = std::make_unique<RecordReader>();
  if (protection) {
    writer.protect(*protection);
    reader->protect(*protection);
  }
  writer.begin(*out, type);
  out->add(text);
  writer.finish(*out);
  const ByteString record = from_text(out->since(0));
  EXPECT_EQ(reader->feed(record), record.size());
  EXPECT_TRUE(reader->is_complete());
  Fault alert = reader->open();
  if (!alert) {
    EXPECT_EQ(reader->type(), type);
    EXPECT_EQ(to_hex(reader->fragment()), to_hex(from_text(text)));
  }
  return alert;
}

TEST(Record, EveryTypeIsReadAsItWasWritten) {
  for (const Protection& protection : {Protection{}, protection_12(), protection_13()})
    for (ContentType type : {ContentType::Alert, ContentType::Handshake, ContentType::ApplicationData})
      EXPECT_EQ(alert_for(protection, type, "text"), Fault{});
}

// RFC 8446 §5. TLS 1.2 protects it if the keys are changed again.
TEST(Record, ProtectedChangeCipherSpecIsUnexpectedInTls13) {
  EXPECT_EQ(alert_for({}, ContentType::ChangeCipherSpec, "\1"), Fault{});
  EXPECT_EQ(alert_for(protection_12(), ContentType::ChangeCipherSpec, "\1"), Fault{});
  EXPECT_EQ(alert_for(protection_13(), ContentType::ChangeCipherSpec, "\1"), Alert::UnexpectedMessage);
}

// RFC 8446 §5.4.
TEST(Record, PaddingWithoutATypeIsUnexpected) {
  for (std::size_t size : {0U, 1U, 100U})
    EXPECT_EQ(alert_for(protection_13(), ContentType::Invalid, std::string(size, '\0')),
              Alert::UnexpectedMessage);
}

// RFC 8446 §5.1.
TEST(Record, OnlyApplicationDataMayBeEmpty) {
  for (const Protection& protection : {Protection{}, protection_12(), protection_13()}) {
    EXPECT_EQ(alert_for(protection, ContentType::ApplicationData, ""), Fault{});
    EXPECT_EQ(alert_for(protection, ContentType::Handshake, ""), Alert::UnexpectedMessage);
    EXPECT_EQ(alert_for(protection, ContentType::Alert, ""), Alert::UnexpectedMessage);
  }
}

TEST(Record, ChangedBytesAreABadMac) {
  const RecordKeys keys = *protection_13();
  ByteString record = from_hex("1703030012");
  record.resize(record_header_size + 2 + AesGcm::tag_size);
  record[6] = static_cast<std::uint8_t>(ContentType::Handshake);
  RecordProtection{keys}.seal(ContentType::ApplicationData, MutableBytes{record}.subspan(record_header_size));
  record.back() ^= 1;
  auto reader = std::make_unique<RecordReader>();
  reader->protect(keys);
  reader->feed(record);
  EXPECT_EQ(reader->open(), Alert::BadRecordMac);
}

}  // namespace
}  // namespace healthcheck::tls
