// Tests healthcheck with the popular web servers: every page, every way to reach it.
#include <gtest/gtest.h>

#include "harness/programs.hpp"
#include "integration/reported.hpp"
#include "web_server.hpp"

namespace servers {
namespace {

using harness::Outcome;

// Each request, made to the servers that offer it, with the words of the message; no words mean healthy, and
// so no message.
struct Row {
  unsigned needs;
  const char* path;
  Words options;
  std::string words;
};

const Row rows[] = {
    {0, "/ok", {}, ""},
    {0, "/ok", {"--body=service is well"}, ""},
    {0, "/ok", {"--body=service is ill"}, ": 200 OK, without the text of --body ("},
    {0, "/ok", {"--method=HEAD"}, ""},
    {all_methods, "/ok", {"--method=OPTIONS"}, ""},
    {all_methods, "/ok", {"--method=POST"}, ""},
    {0, "/missing", {}, ": 404 Not Found ("},
    {0, "/missing", {"--status=404"}, ""},
    {0, "/broken", {}, ": 503 Service "},
    {0, "/moved", {}, ""},
    {0, "/moved", {"--status=200"}, ": 301 Moved Permanently ("},
    {chunked, "/chunked", {}, ""},
    {chunked, "/chunked", {"--body=is well"}, ""},
    {chunked, "/chunked", {"--body=is ill"}, ": 200 OK, without the text of --body ("},
    {slow, "/slow", {"--timeout=150ms"}, ": no answer within 150ms (waiting for headers)"},
    {authentication, "/private", {"--user=probe:secret"}, ""},
    {authentication, "/private", {"--user=probe:mistaken"}, ": 401 Unauthorized ("},
    {authentication, "/private", {}, ": 401 Unauthorized ("},
    {hosts, "/host", {"--header=Host: app.example"}, ""},
    {hosts, "/host", {}, ": 421 "},
    {large_headers, "/headers", {}, ""},
};

class WebServers : public testing::TestWithParam<WebServer> {
 protected:
  Outcome probe(Words arguments) {
    arguments.insert(arguments.begin(), harness::shipped("healthcheck"));
    return container_.exec(arguments, {.environment = {harness::unhurried}}).wait();
  }

  void expect(const Row& row, const std::string& url, Words arguments) {
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    arguments.push_back(url);
    SCOPED_TRACE(testing::PrintToString(arguments));
    const Outcome outcome = probe(arguments);
    EXPECT_EQ(outcome.status, row.words.empty() ? 0 : 1);
    EXPECT_EQ(outcome.out, "");
    if (row.words.empty()) {
      EXPECT_EQ(outcome.err, "");
      return;
    }
    EXPECT_TRUE(outcome.err.starts_with(integration::line_about(arguments) + row.words)) << outcome.err;
    EXPECT_FALSE(outcome.err.contains("secret") || outcome.err.contains("mistaken")) << outcome.err;
  }

  bool offers(unsigned what) const { return (GetParam().offers & what) == what; }
  std::string socket() const { return directory_ / "web"; }

  harness::TemporaryDirectory directory_;
  harness::Container container_ = programs::under_init({}, GetParam().prepare(directory_));
};

// One test for each server, so that each is started once. Java takes more than a second to compile its
// source.
TEST_P(WebServers, AnswerEveryPageInEveryWay) {
  const Outcome gate = probe({"--wait=1h", "--interval=50ms", ":8080/ok"});
  ASSERT_EQ(gate.status, 0) << gate.err << container_.init().err();
  for (const Row& row : rows) {
    if (!offers(row.needs)) continue;
    for (const char* host : {"127.0.0.1", "[::1]", "localhost"})
      expect(row, std::string{"http://"} + host + ":8080" + row.path, {});
    if (offers(unix_socket))
      expect(row, std::string{"http://localhost"} + row.path, {"--unix-socket=" + socket()});
    if (offers(http1_0)) expect(row, std::string{"http://127.0.0.1:8081"} + row.path, {});
  }
  if (offers(tls)) expect({0, "", {}, ": closed without an answer ("}, "http://127.0.0.1:8443/", {});
  if (offers(tls_in_clear)) expect({0, "", {}, ": 400 Bad Request"}, "http://127.0.0.1:8443/", {});
  if (offers(http2)) expect({0, "", {}, ": an HTTP/2 server, not HTTP/1"}, "http://127.0.0.1:8082/", {});

  // After hundreds of probes the server has no complaint, and no request has come to the redirect's
  // destination.
  for (int i = 0; i < 50; ++i) EXPECT_EQ(probe({":8080/ok"}).status, 0);
  const std::string log =
      std::filesystem::exists(directory_ / "log") ? harness::read_file(directory_ / "log") : "";
  EXPECT_FALSE((log + container_.init().err()).contains(GetParam().complaint))
      << log << container_.init().err();
}

INSTANTIATE_TEST_SUITE_P(Of, WebServers, testing::ValuesIn(web_servers),
                         [](const auto& server) { return std::string{server.param.name}; });

}  // namespace
}  // namespace servers
