// The whole program on a scripted system: command line and environment in, lines and exit status out.
#pragma once

#include "healthcheck/run.hpp"

#include <gtest/gtest.h>

#include "argument_list.hpp"
#include "fake/fake_network.hpp"

namespace healthcheck {

using Lines = std::vector<std::string>;

inline const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

class RunTest : public testing::Test {
 protected:
  RunTest() { fake::network = {}; }

  int run(Lines arguments, Lines environment = {}) {
    arguments.insert(arguments.begin(), "healthcheck");
    ArgumentList words{std::move(arguments)}, variables{std::move(environment)};
    return healthcheck::run(words.data(), variables.data());
  }
  // The only line that was written; without the program's name and the line's end.
  std::string line() {
    if (fake::network.messages.size() != 1) return std::to_string(fake::network.messages.size()) + " lines";
    std::string text = fake::network.messages[0];
    EXPECT_TRUE(text.starts_with("healthcheck: ") && text.ends_with("\n")) << text;
    return text.substr(13, text.size() - 14);
  }
  fake::Service& service(const std::string& name) { return fake::network.services[name]; }
};

}  // namespace healthcheck
