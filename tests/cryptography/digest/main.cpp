// Prints the digest of rounds.hpp, for the tests of the other architectures.
#include "tests/cryptography/digest/rounds.hpp"

#include <unistd.h>

int main() {
  using namespace healthcheck::tls;
  Digest digest = Rounds{}.run(16);
  std::array<char, 2 * digest_size(Hash::Sha384) + 1> line{};
  std::size_t size = 0;
  for (std::uint8_t byte : digest.bytes())
    for (int shift : {4, 0}) line[size++] = "0123456789abcdef"[byte >> shift & 15];
  line[size++] = '\n';
  return write(STDOUT_FILENO, line.data(), size) == static_cast<ssize_t>(size) ? 0 : 1;
}
