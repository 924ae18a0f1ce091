#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "healthcheck/config.hpp"

namespace healthcheck {
namespace {

class Parsed {
 public:
  Parsed(std::vector<std::string> arguments, std::vector<std::string> environment = {})
      : arguments_(std::move(arguments)), environment_(std::move(environment)) {
    arguments_.insert(arguments_.begin(), "healthcheck");
    for (auto& argument : arguments_) argument_pointers_.push_back(argument.data());
    for (auto& variable : environment_) variable_pointers_.push_back(variable.data());
    argument_pointers_.push_back(nullptr);
    variable_pointers_.push_back(nullptr);
    ok = parser_.parse(argument_pointers_.data(), variable_pointers_.data());
  }

  std::string problem() const { return ok ? "" : parser_.error().problem; }
  std::string headers() const { return std::string{config.headers}; }
  std::uint64_t given() const { return parser_.given(); }
  std::string operand() const { return *parser_.operands() == nullptr ? "" : *parser_.operands(); }

 private:
  std::vector<std::string> arguments_, environment_;
  std::vector<char*> argument_pointers_, variable_pointers_{};

 public:
  base::Arena arena;
  Expansion expansion{(fill(), variable_pointers_.data()), arena};
  Config config{expansion};
  bool ok = false;

 private:
  void fill() { variable_pointers_.reserve(64); }  // so that its address stays
  base::OptionParser parser_{option_table, &config, config.finished};
};

// "+A;-B;": the body must contain A and must not contain B.
std::string texts_of(const Config& config) {
  std::string texts;
  for (const BodyText& text : config.body_texts.all())
    texts += (text.rule == BodyText::Rule::Required ? "+" : "-") + std::string{text.text} + ";";
  return texts;
}

TEST(Options, DefaultsAreAsDocumented) {
  Parsed parsed{{":8080"}};
  EXPECT_EQ(parsed.config.timeout, base::seconds(3));
  EXPECT_EQ(parsed.config.wait, base::Duration{});
  EXPECT_EQ(parsed.config.interval, base::milliseconds(500));
  EXPECT_EQ(parsed.config.statuses, "200-399");
  EXPECT_EQ(parsed.config.method, "GET");
  EXPECT_EQ(parsed.config.user_agent, "healthcheck/" PROJECT_VERSION);
  EXPECT_EQ(parsed.operand(), ":8080");
}

TEST(Options, EveryOptionHasItsLetterNameAndVariable) {
  auto check = [](auto field, auto want, const char* letter, const char* name, const char* variable,
                  const char* value) {
    if (letter != nullptr) {
      EXPECT_EQ(Parsed({letter, value}).config.*field, want) << letter;
    }
    EXPECT_EQ(Parsed({name, value}).config.*field, want) << name;
    EXPECT_EQ(Parsed({std::string{name} + "=" + value}).config.*field, want) << name;
    EXPECT_EQ(Parsed({}, {std::string{variable} + "=" + value}).config.*field, want) << variable;
  };
  using std::string_view;
  check(&Config::timeout, base::seconds(7), "-t", "--timeout", "DISTROLESS_HEALTHCHECK_TIMEOUT", "7s");
  check(&Config::wait, base::seconds(7), "-w", "--wait", "DISTROLESS_HEALTHCHECK_WAIT", "7s");
  check(&Config::interval, base::seconds(7), "-i", "--interval", "DISTROLESS_HEALTHCHECK_INTERVAL", "7s");
  check(&Config::max_age, base::seconds(7), nullptr, "--max-age", "DISTROLESS_HEALTHCHECK_MAX_AGE", "7s");
  check(&Config::statuses, string_view{"200,404"}, "-s", "--status", "DISTROLESS_HEALTHCHECK_STATUS",
        "200,404");
  check(&Config::method, string_view{"HEAD"}, "-X", "--method", "DISTROLESS_HEALTHCHECK_METHOD", "HEAD");
  check(&Config::user, string_view{"a:b"}, "-u", "--user", "DISTROLESS_HEALTHCHECK_USER", "a:b");
  check(&Config::user_agent, string_view{"x/1"}, "-A", "--user-agent", "DISTROLESS_HEALTHCHECK_USER_AGENT",
        "x/1");
  check(&Config::unix_socket, string_view{"/s"}, "-U", "--unix-socket", "DISTROLESS_HEALTHCHECK_UNIX_SOCKET",
        "/s");
  check(&Config::send, string_view{"a\r"}, nullptr, "--send", "DISTROLESS_HEALTHCHECK_SEND", "a\\r");
  check(&Config::expect, string_view{"\n"}, nullptr, "--expect", "DISTROLESS_HEALTHCHECK_EXPECT", "\\n");
  EXPECT_TRUE(Parsed({"-q"}).config.quiet);
  EXPECT_TRUE(Parsed({"--verbose"}).config.verbose);
  EXPECT_TRUE(Parsed({"--any"}).config.any);
  EXPECT_TRUE(Parsed({}, {"DISTROLESS_HEALTHCHECK_ANY=true"}).config.any);
  EXPECT_TRUE(Parsed({}, {"DISTROLESS_HEALTHCHECK_VERBOSE=1"}).config.verbose);
  EXPECT_FALSE(Parsed({}, {"DISTROLESS_HEALTHCHECK_QUIET=false"}).config.quiet);
  EXPECT_EQ(Parsed({"-h"}).config.request, Request::Help);
  EXPECT_EQ(Parsed({"--version"}).config.request, Request::Version);
}

TEST(Options, HelpAndVersionHaveNoVariables) {
  Parsed parsed{{},
                {"DISTROLESS_HEALTHCHECK_VERSION=2", "DISTROLESS_HEALTHCHECK_HELP=1",
                 "DISTROLESS_HEALTHCHECK_SERVICE_PORT=80"}};
  EXPECT_TRUE(parsed.ok);
  EXPECT_EQ(parsed.config.request, Request::Probe);
}

TEST(Options, HeadersAreKeptAsTheyAreSent) {
  EXPECT_EQ(Parsed({"-H", "A: b", "--header=C:d"}).headers(), "A: b\r\nC:d\r\n");
  EXPECT_EQ(Parsed({}, {"DISTROLESS_HEALTHCHECK_HEADER=A: b\n\nC: d, e\n"}).headers(), "A: b\r\nC: d, e\r\n");
  EXPECT_EQ(Parsed({"-H", "A: b"}, {"DISTROLESS_HEALTHCHECK_HEADER=C: d"}).headers(), "A: b\r\n");
  EXPECT_EQ(Parsed({"-H", "A: ${T}"}, {"T=secret"}).headers(), "A: secret\r\n");
}

TEST(Options, HeadersAreJoinedAcrossOtherOptions) {
  Parsed parsed{{"-H", "A: 1", "-H", "B: 2", "--body", "text", "-H", "C: 3", "-H", "D: 4", "-u", "a:b"}};
  EXPECT_EQ(parsed.headers(), "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n");
  ASSERT_EQ(parsed.config.body_texts.all().size(), 1U);
  EXPECT_EQ(parsed.config.body_texts.all()[0].text, "text");
  EXPECT_EQ(parsed.config.user, "a:b");
}

TEST(Options, MalformedHeadersAreRefused) {
  for (const char* header :
       {"A", ": b", "A b: c", "A: b\nC: d", "A: b\r\nC: d", "A\n: b", " A: b", "A: ${T}", ""})
    EXPECT_NE(Parsed({"-H", header}, {"T=x\nC: d"}).problem(), "") << header;
}

TEST(Options, WhiteSpaceOfBodyTextsDoesNotCount) {
  Parsed parsed{{"--body={ \"status\" :\t\"UP\" }\n"}};
  ASSERT_EQ(parsed.config.body_texts.all().size(), 1U);
  EXPECT_EQ(parsed.config.body_texts.all()[0].text, "{\"status\":\"UP\"}");
}

TEST(Options, EveryBodyTextCounts) {
  EXPECT_EQ(texts_of(Parsed({"--body=A a", "-b", "B,b", "--body= ", "--no-body=X", "-bC"}).config),
            "+Aa;+B,b;-X;+C;");
  EXPECT_EQ(texts_of(Parsed({}, {"DISTROLESS_HEALTHCHECK_BODY=A,${C},,B", "DISTROLESS_HEALTHCHECK_NO_BODY=X",
                                 "C=c,d"})
                         .config),
            "+A;+c,d;+B;-X;");
  EXPECT_EQ(Parsed(std::vector<std::string>(BodyTexts::max_count + 1, "-bA")).problem(), "too many texts");
}

TEST(Options, BodyMustNotContainSomeTexts) {
  Parsed parsed{{"--body=A", "--no-body= B ", "--no-body=C"}};
  std::string texts;
  for (const BodyText& text : parsed.config.body_texts.all())
    texts += std::string{text.rule == BodyText::Rule::Forbidden ? "not " : ""} + std::string{text.text} + ";";
  EXPECT_EQ(texts, "A;not B;not C;");
}

TEST(Options, InvalidValuesAreRefused) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{"--timeout", "5x"},
                                                                                         {"--timeout=-1"},
                                                                                         {"-s", "2xx"},
                                                                                         {"-X", "PUT"},
                                                                                         {"-X", "get"},
                                                                                         {"-u", "name"},
                                                                                         {"-A", "a\r\nb: c"},
                                                                                         {"--send", "\\q"},
                                                                                         {"--nothing"},
                                                                                         {"-q=1"},
                                                                                         {"-t"}})
    EXPECT_FALSE(Parsed(arguments).ok) << arguments[0];
  EXPECT_FALSE(Parsed({}, {"DISTROLESS_HEALTHCHECK_TIMEOUT=soon"}).ok);
}

TEST(Options, SecretsAreMarkedAsHidden) {
  EXPECT_EQ(Parsed({"--user", "secret"}).config.display, Display::Hidden);
  EXPECT_EQ(Parsed({"--user", "me:${PASS"}).config.display, Display::Hidden);
  EXPECT_EQ(Parsed({"--header", "secret"}).config.display, Display::Hidden);
  EXPECT_EQ(Parsed({"--timeout", "5x"}).config.display, Display::Shown);
  EXPECT_EQ(Parsed({"--user", "a:b", "--timeout", "5x"}).config.display, Display::Shown);
}

TEST(Options, EveryValueIsExpanded) {
  Parsed parsed{{"-t${T}", "-w", "${T}", "-i${T}", "-s${S}", "-X${M}", "-H", "A: ${S}", "-u${U}", "-A${S}",
                 "-b${S}", "--no-body=${S:-x}", "-U/${S}", "--send=${S}", "--expect=$$${NONE:-e}",
                 "--max-age=${T}", "--on-failure=${SIG}"},
                {"T=7s", "S=200", "M=HEAD", "U=a:b", "SIG=TERM"}};
  EXPECT_EQ(parsed.problem(), "");
  const Config& config = parsed.config;
  for (base::Duration duration : {config.timeout, config.wait, config.interval, config.max_age})
    EXPECT_EQ(duration, base::seconds(7));
  EXPECT_EQ(config.statuses, "200");
  EXPECT_EQ(config.method, "HEAD");
  EXPECT_EQ(config.headers, "A: 200\r\n");
  EXPECT_EQ(config.user, "a:b");
  EXPECT_EQ(config.user_agent, "200");
  EXPECT_EQ(texts_of(config), "+200;-200;");
  EXPECT_EQ(config.unix_socket, "/200");
  EXPECT_EQ(config.send, "200");
  EXPECT_EQ(config.expect, "$e");
  EXPECT_EQ(config.on_failure, 15);
  for (const char* option : {"--timeout=${NONE}", "--any=${NONE}", "--user-agent=${NONE}"})
    EXPECT_EQ(Parsed({option}).problem(), "unset variable") << option;
  EXPECT_EQ(Parsed({}, {"DISTROLESS_HEALTHCHECK_TIMEOUT=${NONE}"}).problem(), "unset variable");
}

TEST(Options, SignalThatProcessOneNeverReceivesIsRefused) {
  EXPECT_EQ(Parsed({"--on-failure=sigquit"}).config.on_failure, 3);
  for (const char* name : {"KILL", "9", "SIGSTOP", "0", "65", "NONE", ""})
    EXPECT_EQ(Parsed({"--on-failure", name}).problem(), "invalid signal") << name;
}

// Of all options, --help excepted, with the kinds of target that cannot use them.
TEST(Options, OptionThatNoTargetUsesIsFound) {
  const Schemes web = set_of(Scheme::Http), rpc = set_of(Scheme::Grpc), files = set_of(Scheme::File);
  const Schemes raw = set_of(Scheme::Tcp, Scheme::Udp, Scheme::Unix);
  struct Case {
    const char* option;
    Schemes users;
  };
  for (const Case& row : {Case{"--timeout=1", every_scheme},
                          {"--wait=1", every_scheme},
                          {"--interval=1", every_scheme},
                          {"--any", every_scheme},
                          {"--on-failure=TERM", every_scheme},
                          {"--quiet", every_scheme},
                          {"--verbose", every_scheme},
                          {"--status=200", web},
                          {"--method=GET", web},
                          {"--header=A: b", static_cast<Schemes>(web | rpc)},
                          {"--user=a:b", web},
                          {"--user-agent=x", static_cast<Schemes>(web | rpc)},
                          {"--body=x", web},
                          {"--no-body=x", web},
                          {"--unix-socket=/s", static_cast<Schemes>(web | rpc)},
                          {"--send=x", raw},
                          {"--expect=x", raw},
                          {"--max-age=1", files}}) {
    Parsed parsed{{row.option}};
    ASSERT_EQ(parsed.problem(), "") << row.option;
    for (unsigned bit = 1; bit <= every_scheme; bit <<= 1) {
      const std::size_t unused = find_unused_option(parsed.given(), static_cast<Schemes>(bit));
      ASSERT_LE(unused, option_table.row_count);
      if ((row.users & bit) != 0)
        EXPECT_EQ(unused, option_table.row_count) << row.option << " " << bit;
      else
        EXPECT_EQ(option_table.name_of(option_table.rows[unused]),
                  std::string{row.option}.substr(2, std::string{row.option}.find('=') - 2));
    }
    // Another target may use it.
    EXPECT_EQ(find_unused_option(parsed.given(), every_scheme), option_table.row_count);
  }
  const Parsed variable{{}, {"DISTROLESS_HEALTHCHECK_EXPECT=x"}};
  EXPECT_EQ(find_unused_option(variable.given(), web), option_table.row_count)
      << "a variable is for all targets";
}

}  // namespace
}  // namespace healthcheck
