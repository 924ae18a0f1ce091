// Tests PHP-FPM under init: SIGQUIT lets it finish its requests, SIGTERM does not.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "client.hpp"
#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;

// A record of FastCGI's protocol (its specification, 3.3).
std::string record(char type, const std::string& content) {
  const auto size = static_cast<unsigned>(content.size());
  return std::string{'\1', type, '\0', '\1', static_cast<char>(size >> 8U), static_cast<char>(size & 0xffU),
                     '\0', '\0'} +
         content;
}

std::string parameter(const std::string& name, const std::string& value) {
  return std::string{static_cast<char>(name.size()), static_cast<char>(value.size())} + name + value;
}

std::string request_for(const std::string& script) {
  constexpr char begin = 1, parameters = 4, input = 5, responder = 1;
  return record(begin, std::string{'\0', responder, '\0', '\0', '\0', '\0', '\0', '\0'}) +
         record(parameters, parameter("REQUEST_METHOD", "GET") + parameter("SCRIPT_FILENAME", script)) +
         record(parameters, "") + record(input, "");
}

class PhpFpm : public testing::Test {
 protected:
  PhpFpm() {
    harness::write_file(directory_ / "fpm.conf",
                        "[global]\nerror_log = /dev/stderr\ndaemonize = no\nprocess_control_timeout = 60s\n"
                        "[web]\nlisten = " +
                            socket() + "\npm = static\npm.max_children = 1\n");
    // The request takes until the test opens the FIFO. A signal may interrupt the worker while it waits.
    EXPECT_EQ(::mkfifo((directory_ / "go").c_str(), 0600), 0);
    harness::write_file(directory_ / "slow.php",
                        "<?php touch(__DIR__ . '/started');\n"
                        "while (@file_get_contents(__DIR__ . '/go') === false);\n"
                        "echo 'the whole page';\n");
  }

  // A server that is in the middle of a request.
  Container start(const Words& options) {
    Container container =
        under_init(options, {installed_php_fpm(), "--nodaemonize", "--fpm-config", directory_ / "fpm.conf"});
    container.init().wait_for_line("ready to handle connections", harness::Stream::err);
    client_.emplace(socket());
    client_->send(request_for(directory_ / "slow.php"));
    harness::eventually("the request runs", [&] { return std::filesystem::exists(directory_ / "started"); });
    return container;
  }

  std::string socket() const { return directory_ / "socket"; }

  harness::TemporaryDirectory directory_;
  std::optional<Client> client_;
};

TEST_F(PhpFpm, FinishesItsRequestIfTermIsRewrittenToQuit) {
  Container container = start({"--rewrite=TERM:QUIT"});
  container.init().send(SIGTERM);
  container.init().wait_for_line("Finishing ...", harness::Stream::err);
  harness::write_file(directory_ / "go", "");
  EXPECT_TRUE(client_->read_to_end().contains("the whole page"));
  client_.reset();  // for which the worker waits
  EXPECT_EQ(container.wait().status, 0);
}

// Negative control: SIGTERM itself cuts the request off.
TEST_F(PhpFpm, CutsItsRequestOffAtTerm) {
  Container container = start({});
  container.init().send(SIGTERM);
  EXPECT_FALSE(client_->read_to_end().contains("the whole page"));
  EXPECT_EQ(container.wait().status, 0);
}

}  // namespace
}  // namespace programs
