// The server's certificates, made by openssl for each test.
#pragma once

#include "harness/files.hpp"

namespace tls {

enum class Certificate { ecdsa, rsa, ed25519, large, expired, short_lived };

// Writes "key", "certificate", and "pair", which has both, for app.example. `large` has 36 kB of names;
// `short_lived` is valid for one day, and the others, if not expired, for 30.
void make_certificate(const harness::TemporaryDirectory& directory, Certificate kind);

// Writes "store", a PKCS #12 file with the password "secret", of "pair".
void make_store(const harness::TemporaryDirectory& directory);

}  // namespace tls
