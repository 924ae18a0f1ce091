#include "tests/tls/keyed_server.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "healthcheck/protocol/tls/handshake/wire.hpp"

namespace tls_test {

using namespace healthcheck::tls;

namespace {

constexpr std::array<std::uint8_t, max_secret_size> scalar{10, 11, 12};

Bytes scalar_for(Group group) { return Bytes{scalar}.first(secret_size(group)); }

std::string share_of(Group group) {
  static std::map<Group, std::string> shares;
  std::string& share = shares[group];
  if (share.empty()) {
    std::array<std::uint8_t, max_share_size> bytes{};
    MutableBytes view = MutableBytes{bytes}.first(share_size(group));
    make_share(group, scalar_for(group), view);
    share = as_text(view);
  }
  return share;
}

std::string extension(Extension type, std::string_view content) {
  return number(2, static_cast<std::size_t>(type)) + vector_of(2, content);
}

}  // namespace

std::string number(std::size_t size, std::size_t value) {
  std::string out;
  while (size-- > 0) out += static_cast<char>(value >> (8 * size));
  return out;
}

std::string vector_of(std::size_t length_size, std::string_view content) {
  return number(length_size, content.size()).append(content);
}

std::string message(HandshakeType type, std::string_view body) {
  return static_cast<char>(type) + vector_of(3, body);
}

bool KeyedServer::needs_retry() const {
  return is_13() && hello_.group != static_cast<std::size_t>(choice_.group);
}

// RFC 8446 §4.1.4: a ServerHello with a random of its own.
void KeyedServer::send_retry(std::string_view cookie) {
  constexpr std::string_view retry_random =
      "\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91"
      "\xc2\xa2\x11\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c";
  std::string extensions = extension(Extension::SupportedVersions, number(2, 0x0304));
  if (needs_retry())
    extensions += extension(Extension::KeyShare, number(2, static_cast<std::size_t>(choice_.group)));
  if (!cookie.empty()) extensions += extension(Extension::Cookie, vector_of(2, cookie));
  transcript_.replace_by_digest(choice_.hash);
  send(ContentType::Handshake,
       message(HandshakeType::ServerHello, number(2, 0x0303).append(retry_random) + '\0' +
                                               number(2, hello_fields().suite) + '\0' +
                                               vector_of(2, extensions)));
}

HelloFields KeyedServer::hello_fields() const {
  const std::size_t first_suite = is_13() ? 0x1301 : 0xc02b;
  const std::size_t step = choice_.hash == Hash::Sha256 ? 0 : 1;
  return {.suite = first_suite + step,
          .group = static_cast<std::size_t>(choice_.group),
          .share = share_of(choice_.group)};
}

void KeyedServer::send_hello(const HelloFields& fields) {
  std::string extensions, session;
  if (is_13()) {
    extensions = extension(Extension::SupportedVersions, number(2, 0x0304)) +
                 extension(Extension::KeyShare, number(2, fields.group) + vector_of(2, fields.share));
  } else {
    if (choice_.extended_master_secret) extensions = extension(Extension::ExtendedMasterSecret, {});
    extensions += extension(Extension::RenegotiationInfo, vector_of(1, {}));
    session = std::string(32, 's');
  }
  send(ContentType::Handshake,
       message(HandshakeType::ServerHello, number(2, 0x0303) + fields.random + vector_of(1, session) +
                                               number(2, fields.suite) + '\0' +
                                               vector_of(2, extensions + fields.extensions)));
  schedule_.choose(choice_.version, choice_.hash);
  schedule_.set_randoms(as_bytes(client_random_), as_bytes(fields.random));
  if (!is_13() || !agree(hello_.share)) return;
  schedule_.begin_handshake(as_bytes(shared_secret_), digest());
  handshake_ = schedule_;
  has_keys_ = reads_protected_ = true;
  reader_.protect(schedule_.keys(Side::Client));
  protect_writing();
}

std::string KeyedServer::key_exchange() const {
  constexpr char named_curve = 3;
  // The signature behind the share is not verified.
  return named_curve + number(2, static_cast<std::size_t>(choice_.group)) +
         vector_of(1, share_of(choice_.group)) + number(2, 0x0403) + vector_of(2, std::string(70, 'g'));
}

void KeyedServer::send(ContentType type, std::string_view text, std::size_t padding) {
  // Messages after the handshake, such as tickets, are in no Finished.
  if (type == ContentType::Handshake && !has_finished_) transcript_.update(as_bytes(text));
  std::string fragment{text};
  ContentType outer = type;
  if (writing_) {
    if (is_13()) {
      fragment += static_cast<char>(type);
      fragment.append(padding, '\0');
      outer = ContentType::ApplicationData;
    }
    fragment.insert(0, writing_->prefix_size(), '\0');
    fragment.append(AesGcm::tag_size, '\0');
    writing_->seal(outer, {reinterpret_cast<std::uint8_t*>(fragment.data()), fragment.size()});
  }
  sent_ += static_cast<char>(outer) + number(2, 0x0303) + vector_of(2, fragment);
}

std::string KeyedServer::finished() const {
  Digest buffer{choice_.hash};
  return std::string{as_text((is_13() ? handshake_ : schedule_).verify_data(Side::Server, digest(), buffer))};
}

void KeyedServer::send_finished(std::string_view verify_data) {
  if (!is_13()) {
    send(ContentType::ChangeCipherSpec, "\1");
    protect_writing();
  }
  send(ContentType::Handshake, message(HandshakeType::Finished, verify_data));
  if (std::exchange(has_finished_, true) || !is_13()) return;
  schedule_.begin_application(digest());
  protect_writing();
}

void KeyedServer::send_key_update(int request) {
  send(ContentType::Handshake,
       message(HandshakeType::KeyUpdate, number(1, static_cast<std::size_t>(request))));
  schedule_.update(Side::Server);
  protect_writing();
}

std::string KeyedServer::take_sent() { return std::exchange(sent_, {}); }

// The secret is kept for every share that has come: a simulation has few clients, and meets them often.
bool KeyedServer::agree(std::string_view client_share) {
  static std::map<std::string, std::string> secrets;
  std::string& secret = secrets[std::string{client_share}];
  if (secret.empty()) {
    secret.resize(secret_size(choice_.group));
    MutableBytes view{reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()};
    if (!healthcheck::tls::agree(choice_.group, scalar_for(choice_.group), as_bytes(client_share), view)) {
      secret.clear();
      fail("an invalid share");
      return false;
    }
  }
  shared_secret_ = secret;
  return true;
}

}  // namespace tls_test
