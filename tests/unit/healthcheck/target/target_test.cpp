#include "healthcheck/target/target.hpp"

#include <gtest/gtest.h>

#include <string>

#include "healthcheck/protocol/http/status_list.hpp"
#include "healthcheck/target/target_list.hpp"

namespace healthcheck {
namespace {

std::string problem_of(std::string_view text) {
  Target target;
  base::Problem problem = parse_target(text, target);
  return problem == nullptr ? "" : problem;
}

struct Case {
  const char* text;
  Scheme scheme;
  Host host;
  int port;
  const char* authority;
  const char* path;
};

TEST(Target, IsParsedAsDocumented) {
  for (const Case& want : {
           Case{"http://localhost", Scheme::Http, Host::Localhost, 80, "localhost", ""},
           {"http://localhost/", Scheme::Http, Host::Localhost, 80, "localhost", "/"},
           {"HTTP://LocalHost:/x", Scheme::Http, Host::Localhost, 80, "LocalHost:", "/x"},
           {"localhost:8080/x", Scheme::Http, Host::Localhost, 8080, "localhost:8080", "/x"},
           {"127.0.0.1:8080/x", Scheme::Http, Host::Literal, 8080, "127.0.0.1:8080", "/x"},
           {"[::1]:8080/x?y", Scheme::Http, Host::Literal, 8080, "[::1]:8080", "/x?y"},
           {"[::1]", Scheme::Http, Host::Literal, 80, "[::1]", ""},
           {"db:8080", Scheme::Http, Host::Name, 8080, "db:8080", ""},
           {"http://localhost/a b\r\nX: y", Scheme::Http, Host::Localhost, 80, "localhost", "/a b\r\nX: y"},
           {"Tcp://localhost:", Scheme::Tcp, Host::Localhost, 0, "localhost:", ""},
           {"http://LOCALHOST:1/a?b=c", Scheme::Http, Host::Localhost, 1, "LOCALHOST:1", "/a?b=c"},
           {"http://api.localhost:65535?x", Scheme::Http, Host::Localhost, 65535, "api.localhost:65535",
            "?x"},
           {"http://127.0.0.1:8080/x#part", Scheme::Http, Host::Literal, 8080, "127.0.0.1:8080", "/x"},
           {"http://[::1]:8080/", Scheme::Http, Host::Literal, 8080, "[::1]:8080", "/"},
           {"http://[::1]", Scheme::Http, Host::Literal, 80, "[::1]", ""},
           {"http://example.com/", Scheme::Http, Host::Name, 80, "example.com", "/"},
           {"http://notlocalhost/", Scheme::Http, Host::Name, 80, "notlocalhost", "/"},
           {"http://localhost/a@b:c", Scheme::Http, Host::Localhost, 80, "localhost", "/a@b:c"},
           {"tcp://localhost:5432", Scheme::Tcp, Host::Localhost, 5432, "localhost:5432", ""},
           {"tcp://localhost", Scheme::Tcp, Host::Localhost, 0, "localhost", ""},
           {"udp://[::1]:53", Scheme::Udp, Host::Literal, 53, "[::1]:53", ""},
           {"grpc://localhost:50051/a.b.C", Scheme::Grpc, Host::Localhost, 50051, "localhost:50051",
            "/a.b.C"},
       }) {
    Target target;
    ASSERT_EQ(problem_of(want.text), "") << want.text;
    static_cast<void>(parse_target(want.text, target));
    EXPECT_EQ(target.scheme, want.scheme) << want.text;
    EXPECT_EQ(target.host, want.host) << want.text;
    EXPECT_EQ(target.port, want.port) << want.text;
    EXPECT_EQ(target.authority, want.authority) << want.text;
    EXPECT_EQ(target.path, want.path) << want.text;
  }
}

TEST(Target, PathsAreAbsolute) {
  for (const char* text : {"unix:///run/a.sock", "file:///tmp/ready", "pid:///run/a.pid", "FILE:///a b\n"}) {
    Target target;
    ASSERT_EQ(parse_target(text, target), nullptr) << text;
    EXPECT_EQ(target.path.front(), '/');
  }
  for (const char* text : {"unix://", "file://tmp/ready", "pid://", "file://localhost/tmp"})
    EXPECT_EQ(problem_of(text), "no absolute path") << text;
}

TEST(Target, AbstractSocketHasAnyName) {
  for (const char* text : {"unix://@app", "unix://@/run/app", "unix://@a:b@c?d#e"}) {
    Target target;
    ASSERT_EQ(parse_target(text, target), nullptr) << text;
    EXPECT_TRUE(target.is_abstract_socket());
    EXPECT_EQ(target.path, std::string{text}.substr(7));
  }
  EXPECT_EQ(problem_of("unix://@"), "no name after @");
  for (const char* text : {"file://@app", "pid://@app", "unix://a@b"})
    EXPECT_EQ(problem_of(text), "no absolute path") << text;
}

TEST(Target, UnspecifiedAddressMeansLoopback) {
  Target target;
  ASSERT_EQ(parse_target("tcp://0.0.0.0:1", target), nullptr);
  EXPECT_EQ(target.address.bytes, Address::loopback_ipv4().bytes);
  ASSERT_EQ(parse_target("tcp://[::]:1", target), nullptr);
  EXPECT_EQ(target.address.bytes, Address::loopback_ipv6().bytes);
  ASSERT_EQ(parse_target("tcp://[::ffff:0.0.0.0]:1", target), nullptr);
  EXPECT_EQ(target.address.bytes, Address::loopback_ipv4().bytes);
}

TEST(Target, MistakesAreNamed) {
  struct Wrong {
    const char* text;
    const char* problem;
  };
  for (const Wrong& row : {
           Wrong{"", "neither SCHEME://... nor HOST:PORT"},
           {"localhost", "neither SCHEME://... nor HOST:PORT"},
           {"localhost/x", "neither SCHEME://... nor HOST:PORT"},
           {"localhost:/x", "neither SCHEME://... nor HOST:PORT"},
           {"localhost:80a", "invalid port"},
           {"a@localhost:80", "user not accepted (see --user)"},
           {"ftp://localhost/", "unknown scheme"},
           {"http:/localhost", "neither SCHEME://... nor HOST:PORT"},
           {"http", "neither SCHEME://... nor HOST:PORT"},
           {"://localhost", "unknown scheme"},
           {"http://", "no host"},
           {"http://:80/", "no host"},
           {"http://localhost:0/", "invalid port"},
           {"http://localhost:65536/", "invalid port"},
           {"http://localhost:80a/", "invalid port"},
           {"http://localhost:-1/", "invalid port"},
           {"http://[::1/", "invalid host"},
           {"http://[::1]x/", "invalid host"},
           {"http://[::1%25lo]/", "invalid IPv6 address"},
           {"http://[127.0.0.1]/", "invalid IPv6 address"},
           {"http://224.0.0.1/", "multicast or broadcast address"},
           {"http://255.255.255.255/", "multicast or broadcast address"},
           {"http://[ff02::1]/", "multicast or broadcast address"},
           {"http://a:b@localhost/", "user not accepted (see --user)"},
           {"http://local host/", "blank or control character in the host"},
           {"http://localhost\r\nX: y/", "blank or control character in the host"},
           {"tcp://localhost\x7f:1", "blank or control character in the host"},
           {"https://localhost/", "TLS needs healthcheck-tls"},
           {"GRPCS://localhost:1", "TLS needs healthcheck-tls"},
           {"tls://localhost:1", "TLS needs healthcheck-tls"},
       }) {
    EXPECT_EQ(problem_of(row.text), row.problem) << row.text;
  }
}

TEST(TargetList, VariableIsReadIfThereIsNoOperand) {
  char one[] = ":1", two[] = ":2";
  char* operands[] = {one, two, nullptr};
  char* none[] = {nullptr};
  auto all = [](TargetList targets) {
    std::string texts;
    for (std::string_view text; targets.next(text);) texts += std::string{text} + ";";
    return texts;
  };
  EXPECT_EQ(all(TargetList{operands, ":3"}), ":1;:2;");
  EXPECT_EQ(all(TargetList{none, "  :3\t:4\n\r\n:5\v "}), ":3;:4;:5;");
  EXPECT_EQ(all(TargetList{none, ""}), "");
}

TEST(StatusList, ContainsNamedNumbersAndRanges) {
  for (const char* list : {"200", "200-299", "200-299,404", "100-999", "200,200"})
    EXPECT_TRUE(is_status_list(list)) << list;
  for (const char* list :
       {"", ",", "200,", "2xx", "99", "1000", "299-200", "200-", "-200", "200-299-300", "200 ", "+200"})
    EXPECT_FALSE(is_status_list(list)) << list;
  for (unsigned status = 100; status < 1000; ++status) {
    EXPECT_EQ(contains_status("200-299,404", status), (status >= 200 && status <= 299) || status == 404)
        << status;
    EXPECT_EQ(contains_status("404", status), status == 404) << status;
  }
}

}  // namespace
}  // namespace healthcheck
