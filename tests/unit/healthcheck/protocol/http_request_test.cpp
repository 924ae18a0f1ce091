#include "healthcheck/protocol/http/http_request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace healthcheck {
namespace {

class HttpRequest : public testing::Test {
 protected:
  std::string request(const char* url) {
    Target target;
    EXPECT_EQ(parse_target(url, target), nullptr);
    base::Arena buffer;
    add_http_request(buffer, plan, target);
    return std::string{buffer.since(0)};
  }

  Plan plan;
};

TEST_F(HttpRequest, IsAsDocumented) {
  EXPECT_EQ(request("http://127.0.0.1:8080/healthz?a=b"),
            "GET /healthz?a=b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: healthcheck/" PROJECT_VERSION
            "\r\nAccept: */*\r\nConnection: close\r\n\r\n");
}

TEST_F(HttpRequest, PathBeginsWithSlash) {
  EXPECT_TRUE(request("http://localhost").starts_with("GET / HTTP/1.1\r\nHost: localhost\r\n"));
  EXPECT_TRUE(request("http://[::1]?x").starts_with("GET /?x HTTP/1.1\r\nHost: [::1]\r\n"));
}

TEST_F(HttpRequest, PostDeclaresAnEmptyBody) {
  plan.method = "POST";
  EXPECT_NE(request("http://localhost").find("\r\nContent-Length: 0\r\n"), std::string::npos);
}

TEST_F(HttpRequest, UsersHeaderReplacesTheDefault) {
  plan.headers = "host: app.example\r\nX-Hostile: 1\r\nACCEPT:text/plain\r\n";
  std::string text = request("http://localhost");
  EXPECT_EQ(text.find("Host: localhost"), std::string::npos);
  EXPECT_EQ(text.find("*/*"), std::string::npos);
  EXPECT_NE(text.find("\r\nhost: app.example\r\nX-Hostile: 1\r\nACCEPT:text/plain\r\n\r\n"),
            std::string::npos);
  EXPECT_NE(text.find("Connection: close"), std::string::npos);
}

TEST_F(HttpRequest, UserIsEncoded) {
  plan.user = "Aladdin:open sesame";
  EXPECT_NE(request("http://localhost").find("\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"),
            std::string::npos);
}

TEST(Base64, FollowsTheStandard) {
  struct Case {
    const char* text;
    const char* want;
  };
  for (const Case& row : {Case{"", ""},
                          {"f", "Zg=="},
                          {"fo", "Zm8="},
                          {"foo", "Zm9v"},
                          {"foob", "Zm9vYg=="},
                          {"fooba", "Zm9vYmE="},
                          {"foobar", "Zm9vYmFy"},
                          {"\xff\xfe\xfd", "//79"}}) {
    base::Arena buffer;
    add_base64(buffer, row.text);
    EXPECT_EQ(buffer.since(0), row.want);
  }
}

}  // namespace
}  // namespace healthcheck
