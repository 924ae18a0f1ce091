// Tests healthcheck-tls with real TLS servers: a cell of the matrix is a server with one setting. Prints the
// matrix.
#include <gtest/gtest.h>

#include <iostream>

#include "harness/programs.hpp"
#include "servers.hpp"

namespace tls {
namespace {

using namespace std::chrono_literals;
using harness::Outcome;

// The stacks that answer otherwise than most. The JDK's HttpsServer, and mbedTLS and wolfSSL in TLS 1.2,
// close without an alert; Go takes a client of http/1.1 for one without ALPN if it offers h2 alone; mbedTLS
// sends no certificate of more than 16 kB.
struct OtherWords {
  std::string_view stack;
  std::string_view axis;
  std::string_view words;
};

const OtherWords other_words[] = {
    {"Go", "ClientRequired", ": TLS alert bad_certificate ("},
    {"Caddy", "ClientRequired", ": TLS alert bad_certificate ("},
    {"Jetty", "ClientRequired", ": TLS alert bad_certificate ("},
    {"Jetty", "NameIsWrong", ": TLS alert handshake_failure ("},
    {"Jetty", "NameIsMissing", ": TLS alert handshake_failure ("},
    {"Java", "P521Alone", ": closed during the TLS handshake ("},
    {"Java", "ClientRequired", ": closed without an answer ("},
    {"Java", "ClientRequiredHandshakeIn12", ": closed during the TLS handshake ("},
    {"Java", "P521AloneIn12", ": closed during the TLS handshake ("},
    {"MbedTls", "P521AloneIn12", ": closed during the TLS handshake ("},
    {"MbedTls", "ClientRequiredHandshakeIn12", ": closed during the TLS handshake ("},
    {"MbedTls", "LargeCertificateIn12", ": closed during the TLS handshake ("},
    {"MbedTls", "LargeCertificate", ": closed during the TLS handshake ("},
    {"WolfSsl", "ClientRequiredHandshakeIn12", ": closed during the TLS handshake ("},
    {"Go", "OnlyHttp2", ""},
    {"Go", "NameIsWrong", ": TLS alert internal_error ("},
    {"Go", "NameIsMissing", ": TLS alert internal_error ("},
    {"OpenSsl", "NameIsMissing", ""},
    {"GnuTls", "NameIsMissing", ""},
};

// Java's words are those of each of its versions.
bool is_named(const Stack& stack, std::string_view name) {
  const std::string_view full = stack.name;
  return full == name || (name == "Java" && full.starts_with(name));
}

std::string_view expected_words(const Stack& stack, const Axis& axis) {
  for (const OtherWords& other : other_words)
    if (is_named(stack, other.stack) && other.axis == axis.name) return other.words;
  return axis.words;
}

// A refused handshake is the server's to report; nothing else is.
enum class Log { without_complaint, of_refusals };

Log log_of(const Cell& cell) {
  return cell.words.empty() && cell.axis->setting.client != ClientCertificate::required
             ? Log::without_complaint
             : Log::of_refusals;
}

bool has_cell(const Stack& stack, const Axis& axis) {
  const bool sets_version = axis.setting.version != Version::any;
  return (stack.can & axis.needs) == axis.needs && !(sets_version && (stack.can & fixed_versions) != 0);
}

std::vector<Cell> cells(const Stack& stack, Log log) {
  std::vector<Cell> chosen;
  int port = 8443;
  for (const Axis& axis : axes) {
    const Cell cell{&axis, expected_words(stack, axis), std::to_string(port++)};
    if (has_cell(stack, axis) && log_of(cell) == log) chosen.push_back(cell);
  }
  return chosen;
}

std::string url(const Cell& cell) {
  const std::string scheme = cell.axis->scheme;
  return scheme + "://" + cell.axis->host + ":" + cell.port + (scheme == "https" ? "/" : "");
}

Outcome probe(harness::Container& container, const Cell& cell) {
  Words arguments{harness::shipped("healthcheck-tls"), "--verbose", "--timeout=60s"};
  arguments.insert(arguments.end(), cell.axis->options.begin(), cell.axis->options.end());
  arguments.push_back(url(cell));
  return container.exec(arguments).wait(60s);
}

// The words of a healthy verdict. A handshake's have the version, if only one is set.
std::string_view success(const Axis& axis) {
  const std::string_view scheme = axis.scheme;
  if (scheme != "tls") return scheme == "https" ? ": 200 " : ": SERVING (";
  const Version version = axis.setting.version;
  return version == Version::any ? ": TLS 1." : version == Version::only_1_2 ? ": TLS 1.2" : ": TLS 1.3";
}

testing::AssertionResult is_expected(const Outcome& outcome, const Cell& cell) {
  const bool healthy = cell.words.empty();
  const std::string line =
      "healthcheck-tls: " + url(cell) + std::string{healthy ? success(*cell.axis) : cell.words};
  if (outcome.status == (healthy ? 0 : 1) && outcome.err.starts_with(line) && outcome.out.empty())
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << "status " << outcome.status << ", output " << outcome.out
                                     << outcome.err << "expected status " << (healthy ? 0 : 1) << ", "
                                     << line;
}

class TlsStacks : public testing::TestWithParam<const Stack*> {
 protected:
  // Three times, because a fault may depend on a random value.
  void expect_answers(const std::vector<Cell>& cells) {
    for (const Cell& cell : cells) {
      Outcome outcome;
      for (int i = 0; i < 3; ++i) {
        outcome = probe(container_, cell);
        EXPECT_TRUE(is_expected(outcome, cell)) << GetParam()->name << ", " << cell.axis->name;
      }
      std::cout << "| " << version_ << " | " << cell.axis->name << " | "
                << (outcome.status == 0 ? "healthy" : "unhealthy") << " | "
                << outcome.err.substr(0, outcome.err.find('\n')) << " |\n";
    }
  }

  harness::Container container_ =
      programs::under_init({}, {"/usr/bin/sleep", "infinity"}, options(*GetParam()));
  std::string version_ = version(*GetParam());

 private:
  // All else is the machine's own: the certificates, the servers' classes, the shipped programs.
  static harness::ContainerOptions options(const Stack& stack) {
    harness::ContainerOptions container = programs::secluded();
    if (stack.is_of_debian13) container.mounts = {{DEBIAN13 "/usr", "/usr"}, {DEBIAN13 "/etc", "/etc"}};
    return container;
  }

  // The first line that its own command prints.
  std::string version(const Stack& stack) {
    Words command = stack.version;
    if (!command.front().starts_with('/')) command.front() = programs::installed(command.front());
    const Outcome outcome = container_.exec(command).wait(60s);
    const std::string text = outcome.out + outcome.err;
    return std::string{stack.name} + " | " + text.substr(0, text.find('\n'));
  }
};

TEST_P(TlsStacks, AnswerAsTheyAreSet) {
  const Stack& stack = *GetParam();
  const std::vector<Cell> accepted = cells(stack, Log::without_complaint);
  const std::vector<Cell> refused = cells(stack, Log::of_refusals);
  Servers quiet{container_, stack, accepted};
  Servers refusing{container_, stack, refused};
  quiet.wait_until_they_listen();
  refusing.wait_until_they_listen();
  expect_answers(accepted);
  expect_answers(refused);
  const std::string log = quiet.end();
  EXPECT_FALSE(log.contains(stack.complaint));
  // Otherwise, the absence of complaints would mean nothing.
  const std::string refusals = refusing.end();
  EXPECT_TRUE(refusals.contains(stack.complaint));
  if (HasFailure()) std::cout << log << refusals;
}

std::vector<const Stack*> stacks() {
  std::vector<const Stack*> all;
  for (const std::vector<Stack>* some : {&libraries, &languages, &javascript, &web_servers, &proxies})
    for (const Stack& stack : *some) all.push_back(&stack);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Of, TlsStacks, testing::ValuesIn(stacks()),
                         [](const auto& stack) { return std::string{stack.param->name}; });

}  // namespace
}  // namespace tls
