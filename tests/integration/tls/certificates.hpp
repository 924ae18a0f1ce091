// The servers' certificates, for app.example. The test tls.certificates makes them (certificates.sh).
#pragma once

#include <string>
#include <string_view>

namespace tls {

// `large` has 36 kB of names. `expired` has been so for a day; `short_lived` is valid for 10 days, and the
// others for 30.
enum class Certificate { ecdsa, rsa, ed25519, large, expired, short_lived };

inline constexpr Certificate certificates[] = {Certificate::ecdsa,   Certificate::rsa,
                                               Certificate::ed25519, Certificate::large,
                                               Certificate::expired, Certificate::short_lived};

// The name of its directory, which has "key", "certificate", and "pair" with both.
constexpr const char* name(Certificate kind) {
  constexpr const char* names[] = {"ecdsa", "rsa", "ed25519", "large", "expired", "short_lived"};
  return names[static_cast<int>(kind)];
}

inline std::string directory(Certificate kind) { return std::string{CERTIFICATES "/"} + name(kind); }

}  // namespace tls
