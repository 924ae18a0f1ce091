// Numbers of the protocol that several files use, under the names of the standards.
#pragma once

#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/sha2.hpp"

namespace healthcheck::tls {

enum class Version : std::uint16_t { Tls12 = 0x0303, Tls13 = 0x0304 };

// RFC 8446 §5.1.
enum class ContentType : std::uint8_t {
  Invalid = 0,
  ChangeCipherSpec = 20,
  Alert = 21,
  Handshake = 22,
  ApplicationData = 23
};

// RFC 8446 §4 and RFC 5246 §7.4.
enum class HandshakeType : std::uint8_t {
  HelloRequest = 0,
  ClientHello = 1,
  ServerHello = 2,
  NewSessionTicket = 4,
  EncryptedExtensions = 8,
  Certificate = 11,
  ServerKeyExchange = 12,
  CertificateRequest = 13,
  ServerHelloDone = 14,
  CertificateVerify = 15,
  ClientKeyExchange = 16,
  Finished = 20,
  KeyUpdate = 24,
  MessageHash = 254,
};

enum class Extension : std::uint16_t {
  ServerName = 0,              // RFC 6066 §3
  SupportedGroups = 10,        // RFC 8446 §4.2.7
  PointFormats = 11,           // RFC 8422 §5.1.2
  SignatureAlgorithms = 13,    // RFC 8446 §4.2.3
  ApplicationProtocol = 16,    // RFC 7301
  ExtendedMasterSecret = 23,   // RFC 7627
  SupportedVersions = 43,      // RFC 8446 §4.2.1
  Cookie = 44,                 // RFC 8446 §4.2.2
  KeyShare = 51,               // RFC 8446 §4.2.8
  RenegotiationInfo = 0xff01,  // RFC 5746
};

// The random bytes of a hello.
inline constexpr std::size_t random_size = 32;

// All suites are AES-GCM, and the hash tells the key's size: AES-128 goes with SHA-256, AES-256 with SHA-384.
// Either key is 16 bytes shorter than the digest.
constexpr std::size_t key_size(Hash hash) { return digest_size(hash) - 16; }

}  // namespace healthcheck::tls
