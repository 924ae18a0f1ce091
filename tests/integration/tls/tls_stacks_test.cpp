// Tests healthcheck-tls with real TLS servers: each cell of the matrix starts a server with one setting.
#include <gtest/gtest.h>

#include "harness/programs.hpp"
#include "stacks.hpp"

namespace tls {
namespace {

using harness::Outcome;

struct Cell {
  const Stack* stack;
  const Axis* axis;
};

// The stacks that answer otherwise than most. JDK closes without an alert; Go takes a client of http/1.1 for
// one without ALPN where it offers h2 alone.
struct OtherWords {
  std::string_view stack;
  std::string_view axis;
  std::string_view words;
};

const OtherWords other_words[] = {
    {"Go", "ClientRequired", ": TLS alert bad_certificate ("},
    {"Java", "P521Alone", ": closed during the TLS handshake ("},
    {"Go", "OnlyHttp2", ""},
    {"Go", "NameIsWrong", ": TLS alert internal_error ("},
};

std::string_view expected_words(const Cell& cell) {
  for (const OtherWords& other : other_words)
    if (other.stack == cell.stack->name && other.axis == cell.axis->name) return other.words;
  return cell.axis->words;
}

std::vector<Cell> cells() {
  std::vector<Cell> all;
  for (const std::vector<Stack>* stacks : {&libraries, &languages, &web_servers})
    for (const Stack& stack : *stacks)
      for (const Axis& axis : axes)
        if ((stack.can & axis.needs) == axis.needs) all.push_back({&stack, &axis});
  return all;
}

class TlsStacks : public testing::TestWithParam<Cell> {
 protected:
  TlsStacks() {
    make_certificate(directory_, GetParam().axis->setting.certificate);
    container_.emplace(
        programs::under_init({}, GetParam().stack->prepare(directory_, GetParam().axis->setting)));
  }

  // Waits without a connection, which the server would report as a broken handshake.
  void wait_for_port_8443() {
    harness::eventually("the server listens\n" + container_->init().err(), [&] {
      const std::string sockets =
          harness::read_file("/proc/" + std::to_string(container_->pid()) + "/net/tcp") +
          harness::read_file("/proc/" + std::to_string(container_->pid()) + "/net/tcp6");
      return sockets.contains(":20FB 00000000:0000 0A") ||
             sockets.contains(":20FB 00000000000000000000000000000000:0000 0A");
    });
  }

  Outcome probe() {
    Words arguments = GetParam().axis->options;
    arguments.insert(arguments.begin(), harness::shipped("healthcheck-tls"));
    arguments.push_back(GetParam().axis->url);
    return container_->exec(arguments).wait();
  }

  // Ends the server, so that all that it had to say about the probes has been written.
  std::string log() {
    container_->init().send(SIGTERM);
    const Outcome outcome = container_->wait();
    const auto file = directory_ / "log";
    return outcome.out + outcome.err + (std::filesystem::exists(file) ? harness::read_file(file) : "");
  }

  harness::TemporaryDirectory directory_;
  std::optional<harness::Container> container_;
};

TEST_P(TlsStacks, AnswerAsTheyAreSet) {
  const auto& [stack, axis] = GetParam();
  const std::string_view words = expected_words(GetParam());
  wait_for_port_8443();
  for (int i = 0; i < 3; ++i) {
    const Outcome outcome = probe();
    EXPECT_EQ(outcome.status, words.empty() ? 0 : 1);
    EXPECT_EQ(outcome.out, "");
    const std::string line = words.empty() ? "" : "healthcheck-tls: " + axis->url + std::string{words};
    EXPECT_TRUE(words.empty() ? outcome.err.empty() : outcome.err.starts_with(line))
        << outcome.err << "expected " << line;
  }
  const std::string text = log();
  // A refused handshake is the server's to report; nothing else is.
  const bool refused = !words.empty() || axis->setting.client == ClientCertificate::required;
  EXPECT_TRUE(refused || !text.contains(stack->complaint)) << text;
  if (testing::Test::HasFailure()) std::cout << text;
}

INSTANTIATE_TEST_SUITE_P(Of, TlsStacks, testing::ValuesIn(cells()), [](const auto& cell) {
  return std::string{cell.param.stack->name} + "_" + cell.param.axis->name;
});

}  // namespace
}  // namespace tls
