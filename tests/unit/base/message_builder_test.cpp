#include "base/message_builder.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "fake/fake_system.hpp"
#include "sys/message.hpp"

namespace base {

using sys::add_error_text;
using sys::begin_message;
using sys::send_message;

namespace {

TEST(MessageBuilder, NumbersAreDecimal) {
  for (auto number : {std::int64_t{0}, std::int64_t{7}, std::int64_t{-15}, std::int64_t{1000},
                      std::numeric_limits<std::int64_t>::max()}) {
    MessageBuilder line;
    EXPECT_EQ(line.add(number).text(), std::to_string(number));
  }
}

TEST(MessageBuilder, DurationsLookAsOptionsTakeThem) {
  struct Case {
    std::int64_t milliseconds;
    const char* text;
  };
  for (const Case& given :
       {Case{0, "0s"}, {250, "250ms"}, {10000, "10s"}, {1500, "1.5s"}, {1050, "1.05s"}, {1001, "1.001s"}}) {
    MessageBuilder line;
    EXPECT_EQ(line.add(milliseconds(given.milliseconds)).text(), given.text);
  }
}

TEST(MessageBuilder, BytesFromOutsideAreEscaped) {
  MessageBuilder line;
  line.add_escaped(std::string_view{"a\n\x1b[31m\x7f\xff\0z", 11});
  EXPECT_EQ(line.text(), "a\\x0a\\x1b[31m\\x7f\\xff\\x00z");
}

TEST(MessageBuilder, EveryByteBecomesPrintable) {
  for (int byte = 0; byte < 256; ++byte) {
    MessageBuilder line;
    char c = static_cast<char>(byte);
    line.add_escaped({&c, 1});
    for (char out : line.text()) EXPECT_TRUE(out >= ' ' && out <= '~') << byte;
  }
}

TEST(MessageBuilder, LongTextFromOutsideIsCutAndTheReasonStays) {
  MessageBuilder line;
  line.add("x: ").add_escaped(std::string(5000, 'a')).add(": reason");
  EXPECT_EQ(line.text(), "x: " + std::string(MessageBuilder::escaped_limit, 'a') + "...: reason");
}

TEST(MessageBuilder, NeverExceedsItsCapacity) {
  MessageBuilder line;
  line.add(std::string(5000, 'a'));
  EXPECT_EQ(line.finish().size(), MessageBuilder::capacity);
  EXPECT_EQ(line.finish().back(), '\n');
}

TEST(Message, IsOneLineInOneWrite) {
  fake::system = {};
  begin_message("init").add("cannot execute ").add_escaped("/app").add(": ");
  add_error_text(begin_message("init").add("cannot execute /app: "), EACCES);
  send_message();
  EXPECT_EQ(fake::system.messages,
            std::vector<std::string>{"init: cannot execute /app: Permission denied\n"});
}

TEST(MessageBuilder, EmptyTextFromOutsideIsQuoted) {
  MessageBuilder line;
  EXPECT_EQ(line.add("cannot execute ").add_escaped("").add(": reason").text(), "cannot execute '': reason");
}

}  // namespace
}  // namespace base
