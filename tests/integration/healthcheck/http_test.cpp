// Tests healthy and unhealthy HTTP services.
#include <regex>

#include "probing.hpp"

namespace healthcheck_test {
namespace {

std::string response(int status) {
  return "HTTP/1.1 " + std::to_string(status) + " Words Of The Server\r\nContent-Length: 2\r\n\r\nok";
}

std::string port_target(const Server& server, const std::string& path = "/healthz") {
  return ":" + std::to_string(server.port()) + path;
}

TEST(Http, StatusesAreJudgedAsByTheKubelet) {
  for (int status : {200, 204, 299, 301, 399}) {
    Server server{Listener::ipv4(), answering(response(status))};
    expect_healthy(probe({server.url()}));
  }
  for (int status : {400, 404, 500, 503, 599}) {
    Server server{Listener::ipv4(), answering(response(status))};
    expect_unhealthy(probe({server.url()}), ": " + std::to_string(status) + " Words Of The Server (");
  }
}

TEST(Http, StatusListDecides) {
  Server server{Listener::ipv4(), answering(response(404))};
  expect_healthy(probe({"--status=200-299,404", server.url()}));
  expect_unhealthy(probe({"-s", "200", server.url()}), "404");
  expect_healthy(probe({server.url()}, {"DISTROLESS_HEALTHCHECK_STATUS=404"}));
}

TEST(Http, MessageIsAsDocumented) {
  Server server{Listener::ipv4(), answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")};
  Outcome outcome = probe({server.url("/healthz")});
  std::regex line{
      "healthcheck: http://127\\.0\\.0\\.1:[0-9]+/healthz: 503 Service Unavailable \\([0-9]+ ms\\)\n"};
  EXPECT_TRUE(std::regex_match(outcome.err, line)) << outcome.err;
}

TEST(Http, QuietPrintsNothingAndVerbosePrintsSuccess) {
  Server sick{Listener::ipv4(), answering(response(500))};
  Outcome outcome = probe({"--quiet", sick.url()});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "");
  Server well{Listener::ipv4(), answering("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")};
  outcome = probe({"-v", well.url("/x")});
  EXPECT_EQ(outcome.status, 0);
  std::regex line{"healthcheck: " + well.url("/x") + ": 200 \\([0-9]+ ms\\)\n"};
  EXPECT_TRUE(std::regex_match(outcome.err, line)) << outcome.err;
}

TEST(Http, LocalhostIsEitherLoopback) {
  Server over_ipv4{Listener::ipv4(), answering(response(200))};
  expect_healthy(probe({port_target(over_ipv4)}));
  expect_healthy(probe({"http://localhost:" + std::to_string(over_ipv4.port())}));
  expect_healthy(probe({"http://0.0.0.0:" + std::to_string(over_ipv4.port())}));
  expect_healthy(probe({"http://[::ffff:127.0.0.1]:" + std::to_string(over_ipv4.port())}));
  Server over_ipv6{Listener::ipv6(), answering(response(200))};
  expect_healthy(probe({port_target(over_ipv6)}));
  expect_healthy(probe({"http://app.localhost:" + std::to_string(over_ipv6.port()) + "/"}));
  expect_healthy(probe({"http://[::]:" + std::to_string(over_ipv6.port())}));
  expect_healthy(probe({over_ipv6.url()}));
}

TEST(Http, MessageNamesBothAddressesIfBothRefuse) {
  std::string port = std::to_string(harness::closed_port());
  EXPECT_EQ(probe({"tcp://localhost:" + port}).err,
            "healthcheck: tcp://localhost:" + port + ": connection refused (127.0.0.1, ::1)\n");
  EXPECT_EQ(probe({":" + port + "/x"}).err,
            "healthcheck: :" + port + "/x: connection refused (127.0.0.1, ::1)\n");
  EXPECT_EQ(probe({"tcp://127.0.0.1:" + port}).err,
            "healthcheck: tcp://127.0.0.1:" + port + ": connection refused\n");
}

TEST(Http, RequestIsOneCompleteWrite) {
  Server server{Listener::ipv4(), answering(response(200))};
  expect_healthy(probe(
      {"-H", "X-One: 1", "-H", "host: app.example", "-A", "me/2", "-u", "a:b", server.url("/p?q")},
      {"http_proxy=http://127.0.0.1:1", "HTTP_PROXY=http://127.0.0.1:1", "ALL_PROXY=http://127.0.0.1:1"}));
  server.wait_for_ended(1);
  EXPECT_EQ(server.received(),
            "GET /p?q HTTP/1.1\r\nUser-Agent: me/2\r\nAccept: */*\r\nConnection: close\r\n"
            "Authorization: Basic YTpi\r\nX-One: 1\r\nhost: app.example\r\n\r\n");
}

TEST(Http, HeadDoesNotWaitForBody) {
  Server server{Listener::ipv4(), [](Connection& connection) {
                  EXPECT_TRUE(connection.read_until("\r\n\r\n").starts_with("HEAD / "));
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                  connection.hold();
                }};
  Outcome outcome = probe({"-t1m", "-X", "HEAD", server.url()});
  expect_healthy(outcome);
  EXPECT_LT(outcome.elapsed, 100ms + slack());
}

TEST(Http, BodyIsSearchedInEveryFraming) {
  const Words bodies{"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"healthy\"}",
                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "e\r\n{\"status\":\"hea\r\n6\r\nlthy\"}\r\n0\r\n\r\n",
                     "HTTP/1.0 200 OK\r\n\r\n{\"status\":\"healthy\"}"};
  for (const std::string& body : bodies) {
    Server server{Listener::ipv4(), [&body](Connection& connection) {
                    connection.read_until("\r\n\r\n");
                    connection.drip(body, 1ms);
                  }};
    expect_healthy(probe({"--body", "\"healthy\"", server.url()}));
    expect_unhealthy(probe({"--body", "sick", server.url()}), "200 OK, without the text of --body");
    expect_healthy(probe({"--no-body", "sick", server.url()}));
    expect_unhealthy(probe({"--body", "status", "--no-body", ": \"healthy", server.url()}),
                     "200 OK, with the text of --no-body");
  }
}

TEST(Http, ConnectionEndsWithFin) {
  // A program that exits with half of the response unread would send a reset.
  harness::End end = harness::End::reset;
  Server server{Listener::ipv4(), [&end](Connection& connection) {
                  connection.read_until("\r\n\r\n");
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n");
                  connection.write(std::string(30000, 'x'));
                  end = connection.read_to_end();
                }};
  expect_healthy(probe({server.url()}));
  server.wait_for_ended(1);
  EXPECT_EQ(end, harness::End::closed);
}

TEST(Http, RedirectsAreNeverFollowed) {
  Server elsewhere{Listener::ipv4(), answering(response(500))};
  Server server{Listener::ipv4(), answering("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() +
                                            "\r\nContent-Length: 0\r\n\r\n")};
  expect_healthy(probe({server.url()}));
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(Http, ProxyVariablesChangeNothing) {
  Server service{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\n\r\n")};
  Server proxy{Listener::ipv4(), answering("HTTP/1.1 503 Proxied\r\n\r\n")};
  Words environment;
  for (const char* name :
       {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    environment.push_back(std::string{name} + "=" + proxy.url());
  expect_healthy(probe({service.url()}, environment));
  service.wait_for_ended(1);
  EXPECT_TRUE(service.received().starts_with("GET / HTTP/1.1\r\n")) << service.received();
  EXPECT_EQ(proxy.connections(), 0);
}

// The message is kept in the engine's records, so it must not contain the text that a service sends to its
// users.
TEST(Http, OnlyReasonOfAnswerIsPrinted) {
  for (const std::string status : {"200 Fine", "503 Fine"}) {
    for (const char* option : {"--verbose", "--body=treasure", "--body=absent"}) {
      Server server{
          Listener::ipv4(),
          answering("HTTP/1.1 " + status + "\r\nSet-Cookie: treasure\r\nContent-Length: 8\r\n\r\ntreasure")};
      const Outcome outcome = probe({"-v", option, server.url()});
      EXPECT_EQ(outcome.out, "");
      EXPECT_NE(outcome.err.find(": " + status), std::string::npos) << outcome.err;
      EXPECT_EQ(outcome.err.find("treasure"), std::string::npos) << outcome.err;
    }
  }
}

TEST(Http, SecretsAreNotPrinted) {
  for (const Words& arguments :
       {Words{"-u", "hunter2"}, Words{"--header", "hunter2"}, Words{"http://root:hunter2@localhost/"},
        Words{"htp://root:hunter2@localhost/"}, Words{"-H", "X: hunter2\n"}})
    EXPECT_EQ(probe(arguments).err.find("hunter2"), std::string::npos) << probe(arguments).err;
  EXPECT_EQ(probe({":1"}, {"DISTROLESS_HEALTHCHECK_USER=hunter2"}).err.find("hunter2"), std::string::npos);
  std::string port = std::to_string(harness::closed_port());
  EXPECT_EQ(probe({"-u", "root:hunter2", "-H", "X: hunter2", ":" + port}).err.find("hunter2"),
            std::string::npos);
}

TEST(Http, TargetIsShownAsItWasWritten) {
  const std::string port = std::to_string(harness::closed_port());
  EXPECT_EQ(probe({"http://127.0.0.1:" + port + "/?token=${TOKEN}"}, {"TOKEN=hunter2"}).err,
            "healthcheck: http://127.0.0.1:" + port + "/?token=${TOKEN}: connection refused\n");
}

TEST(Http, TargetHasManyForms) {
  Server server{Listener::ipv4(), answering(response(200))};
  const std::string port = std::to_string(server.port());
  for (const std::string& target : {"localhost:" + port + "/gr\xc3\xbc\xc3\x9f e", "127.0.0.1:" + port + "/x",
                                    "HTTP://LocalHost:" + port, ":" + port + "?q"})
    expect_healthy(probe({target}));
  server.wait_for_ended(4);
  EXPECT_TRUE(server.received().starts_with("GET /gr%C3%BC%C3%9F%20e HTTP/1.1\r\nHost: localhost:" + port))
      << server.received();
}

TEST(Http, HeaderIsRemovedOrSentOnce) {
  Server server{Listener::ipv4(), answering(response(200))};
  expect_healthy(probe({"-H", "Accept:", "-u", "a:b", "-H", "Authorization: Bearer T", server.url("/")}));
  server.wait_for_ended(1);
  const std::string request = server.received();
  EXPECT_TRUE(request.ends_with("\r\nConnection: close\r\nAuthorization: Bearer T\r\n\r\n")) << request;
  EXPECT_FALSE(request.contains("Accept")) << request;
  EXPECT_FALSE(request.contains("Basic")) << request;
}

TEST(Http, UsageErrorsAreNamed) {
  struct Case {
    Words arguments;
    const char* words;
  };
  for (const Case& row : {
           Case{{}, "no TARGET given"},
           {{"--timeout", "5x", ":1"}, "--timeout: invalid duration '5x'"},
           {{"--nothing", ":1"}, "--nothing: unknown option"},
           {{"https://localhost/"}, "healthcheck: https://localhost/: TLS needs healthcheck-tls"},
           {{"http://localhost:99999/"}, "healthcheck: http://localhost:99999/: invalid port"},
           {{"http://example.com/"}, "neither localhost, an address nor a name in /etc/hosts"},
           {{":${PORT}"}, "healthcheck: :${PORT}: unset variable 'PORT'"},
           {{"tcp://localhost"}, "no port"},
           {{":1", "bad"}, "healthcheck: bad: neither SCHEME://... nor HOST:PORT"},
           {{":$PORT"}, "write ${NAME}"},
           {{"--expect=x", ":1"}, "healthcheck: --expect: no TARGET uses it"},
           {{"--body=x", "tcp://localhost:1", "file:///x"}, "healthcheck: --body: no TARGET uses it"},
       })
    expect_unhealthy(probe(row.arguments), row.words);
}

TEST(Http, HelpAndVersionGoToStandardOutput) {
  Outcome help = probe({"--help"}), version = probe({"--version"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("--unix-socket=PATH"), std::string::npos);
  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(std::regex_match(version.out, std::regex{"healthcheck [0-9]+\\.[0-9]+\\.[0-9]+\n"}))
      << version.out;
}

}  // namespace
}  // namespace healthcheck_test
