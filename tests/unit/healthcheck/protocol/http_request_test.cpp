#include "healthcheck/protocol/http/http_request.hpp"

#include <gtest/gtest.h>

#include <cstdio>
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
  EXPECT_NE(text.find("\r\nhost: app.example\r\nX-Hostile: 1\r\nACCEPT: text/plain\r\n\r\n"),
            std::string::npos);
  EXPECT_NE(text.find("Connection: close"), std::string::npos);
}

TEST_F(HttpRequest, HeaderWithoutValueRemovesTheDefault) {
  plan.headers = "Accept:\r\nuser-agent: \t\r\nHost:\r\nX-Other:\r\n";
  EXPECT_EQ(request("http://localhost"), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
}

TEST_F(HttpRequest, OwnAuthorizationIsTheOnlyOne) {
  plan.user = "a:b";
  plan.headers = "authorization: Bearer T\r\n";
  std::string text = request("http://localhost");
  EXPECT_EQ(text.find("Basic"), std::string::npos);
  EXPECT_NE(text.find("\r\nauthorization: Bearer T\r\n"), std::string::npos);
  plan.headers = "Authorization:\r\n";
  EXPECT_EQ(request("http://localhost").find("uthorization"), std::string::npos);
}

TEST_F(HttpRequest, PathIsPercentEncoded) {
  for (int byte = 1; byte < 256; ++byte) {
    if (byte == '#') continue;
    std::string path{'/', static_cast<char>(byte), 'x'};
    std::string sent = request(("http://localhost" + path).c_str());
    std::string encoded(4, ' ');
    std::snprintf(encoded.data(), encoded.size(), "%%%02X", static_cast<unsigned>(byte));
    bool is_plain = byte > ' ' && byte < 0x7f;
    EXPECT_EQ(sent.substr(0, sent.find("\r\n")),
              "GET " + (is_plain ? path : "/" + encoded.substr(0, 3) + "x") + " HTTP/1.1")
        << byte;
  }
  EXPECT_TRUE(
      request("http://localhost/gr\xc3\xbc\xc3\x9f?q=a b").starts_with("GET /gr%C3%BC%C3%9F?q=a%20b "));
  EXPECT_TRUE(request("http://localhost/%20%C3").starts_with("GET /%20%C3 ")) << "encoded already";
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
