#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"

#include <algorithm>

namespace healthcheck::tls {

namespace {

// Multiplies by x in AES's field of 256 elements (FIPS 197 §4.2.1).
std::uint8_t times_x(std::uint8_t a) {
  return static_cast<std::uint8_t>(a << 1 ^ ((a & 0x80) != 0 ? 0x1b : 0));
}

// FIPS 197 §5.1.1: the inverse of each element, then an affine transformation. The powers of 3 run through
// all elements but 0, those of its inverse through their inverses.
void fill_s_box(std::array<std::uint8_t, 256>& box) {
  std::uint8_t p = 1, inverse = 1;
  do {
    p = static_cast<std::uint8_t>(p ^ times_x(p));
    // Dividing by 3, that is multiplying by 0xf6.
    inverse = static_cast<std::uint8_t>(inverse ^ inverse << 1);
    inverse = static_cast<std::uint8_t>(inverse ^ inverse << 2);
    inverse = static_cast<std::uint8_t>(inverse ^ inverse << 4);
    if ((inverse & 0x80) != 0) inverse ^= 0x09;
    std::uint8_t sum = inverse;
    for (int turn = 1; turn <= 4; ++turn)
      sum ^= static_cast<std::uint8_t>(inverse << turn | inverse >> (8 - turn));
    box[p] = sum ^ 0x63;
  } while (p != 1);
  box[0] = 0x63;
}

std::uint64_t load(const std::uint8_t* bytes) { return load_big_endian<std::uint64_t>(bytes); }

// The universal hash of GCM (SP 800-38D §6.4). Its numbers are big-endian halves of a block.
class Ghash {
 public:
  explicit Ghash(const std::uint8_t* key) : key_high_(load(key)), key_low_(load(key + 8)) {}

  // Hashes text, filled up with zeros to whole blocks.
  void update(Bytes text) {
    for (std::uint8_t byte : text) put(byte);
    while (place_ != 0) put(0);
  }
  void add(std::uint64_t high, std::uint64_t low) {
    high_ ^= high;
    low_ ^= low;
    multiply();
  }
  // A byte of the hash.
  std::uint8_t operator[](std::size_t index) const {
    return static_cast<std::uint8_t>((index < 8 ? high_ : low_) >> (56 - index % 8 * 8));
  }

 private:
  [[gnu::noinline]] void put(std::uint8_t byte) {
    (place_ < 8 ? high_ : low_) ^= std::uint64_t{byte} << (56 - place_ % 8 * 8);
    place_ = (place_ + 1) % 16;
    if (place_ == 0) multiply();
  }
  // Multiplies by the key (SP 800-38D §6.3): bit 0 is the leftmost, and x^128 = x^7 + x^2 + x + 1.
  [[gnu::noinline]] void multiply() {
    std::uint64_t high = high_, low = low_, v_high = key_high_, v_low = key_low_;
    high_ = low_ = 0;
    for (int bit = 0; bit < 128; ++bit) {
      std::uint64_t chosen = 0 - (high >> 63);
      high_ ^= v_high & chosen;
      low_ ^= v_low & chosen;
      high = high << 1 | low >> 63;
      low <<= 1;
      std::uint64_t carry = 0 - (v_low & 1);
      v_low = v_low >> 1 | v_high << 63;
      v_high = v_high >> 1 ^ (carry & 0xe1ULL << 56);
    }
  }

  std::uint64_t key_high_, key_low_, high_ = 0, low_ = 0;
  std::size_t place_ = 0;  // in the present block
};

}  // namespace

// The key expansion (FIPS 197 §5.2).
AesGcm::AesGcm(Bytes key) : rounds_(key.size() / 4 + 6) {
  fill_s_box(s_box_);
  std::ranges::copy(key, schedule_.begin());
  std::uint8_t round_constant = 1;
  for (std::size_t i = key.size(); i < 16 * (rounds_ + 1); i += 4) {
    std::uint8_t* word = &schedule_[i];
    std::copy_n(word - 4, 4, word);
    bool begins_key = i % key.size() == 0;
    if (begins_key) std::rotate(word, word + 1, word + 4);
    if (begins_key || (key.size() == 32 && i % 16 == 0))
      for (std::size_t j = 0; j < 4; ++j) word[j] = s_box_[word[j]];
    if (begins_key) {
      word[0] ^= round_constant;
      round_constant = times_x(round_constant);
    }
    for (std::size_t j = 0; j < 4; ++j) word[j] ^= schedule_[i + j - key.size()];
  }
  hash_key_ = {};
  encrypt(hash_key_);
}

// The cipher (FIPS 197 §5.1). A block is four columns of four bytes.
void AesGcm::encrypt(Block& block) const {
  for (std::size_t round = 0;; ++round) {
    // AddRoundKey
    for (std::size_t i = 0; i < 16; ++i) block[i] ^= schedule_[16 * round + i];
    if (round == rounds_) return;
    // SubBytes and ShiftRows: row r takes its bytes from r columns further right.
    Block shifted;
    for (std::size_t i = 0; i < 16; ++i) shifted[i] = s_box_[block[(i + 4 * (i % 4)) % 16]];
    block = shifted;
    if (round + 1 == rounds_) continue;
    // MixColumns: a byte becomes 2 a + 3 b + c + d, which is a + (a + b + c + d) + 2 (a + b).
    for (std::size_t i = 0; i < 16; ++i) {
      const std::uint8_t* column = &shifted[i / 4 * 4];
      std::uint8_t sum = column[0] ^ column[1] ^ column[2] ^ column[3];
      block[i] = static_cast<std::uint8_t>(shifted[i] ^ sum ^ times_x(shifted[i] ^ column[(i + 1) % 4]));
    }
  }
}

// SP 800-38D §7.1, step 3: counter mode. The block numbered 1 is the tag's; the text begins with number 2.
void AesGcm::key_stream(Nonce nonce, std::uint32_t number, Block& block) const {
  std::ranges::copy(nonce, block.begin());
  for (std::size_t i = 15; i >= nonce_size; --i, number >>= 8) block[i] = static_cast<std::uint8_t>(number);
  encrypt(block);
}

void AesGcm::crypt(Nonce nonce, MutableBytes text) const {
  Block stream;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 16 == 0) key_stream(nonce, static_cast<std::uint32_t>(2 + i / 16), stream);
    text[i] ^= stream[i % 16];
  }
}

bool AesGcm::apply(Direction direction, Nonce nonce, Bytes additional_data, MutableBytes message) const {
  if (message.size() < tag_size) return false;
  MutableBytes text = message.first(message.size() - tag_size);
  if (direction == Direction::Seal) crypt(nonce, text);
  // SP 800-38D §7.1, steps 4 to 6.
  Ghash hash{hash_key_.data()};
  hash.update(additional_data);
  hash.update(text);
  hash.add(std::uint64_t{additional_data.size()} * 8, std::uint64_t{text.size()} * 8);
  Block tag;
  key_stream(nonce, 1, tag);
  // Every byte is compared, right or wrong, so that the time does not tell how many are right.
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < tag_size; ++i) {
    std::uint8_t& last = message[text.size() + i];
    tag[i] ^= hash[i];
    difference = static_cast<std::uint8_t>(difference | (tag[i] ^ last));
    if (direction == Direction::Seal) last = tag[i];
  }
  if (direction == Direction::Seal) return true;
  if (difference != 0) return false;
  crypt(nonce, text);
  return true;
}

}  // namespace healthcheck::tls
