#include "report.hpp"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

namespace testprog {
namespace {

[[gnu::format(printf, 2, 0)]] void write_line(int descriptor, const char* format, va_list values) {
  char line[1024];
  const int wanted = vsnprintf(line, sizeof line - 1, format, values);
  const auto room = static_cast<int>(sizeof line) - 1;
  auto size = static_cast<unsigned>(wanted < room ? wanted : room - 1);
  line[size++] = '\n';
  [[maybe_unused]] const ssize_t written = write(descriptor, line, size);
}

}  // namespace

void say(const char* format, ...) {
  va_list values;
  va_start(values, format);
  write_line(1, format, values);
  va_end(values);
}

void say_to(int descriptor, const char* format, ...) {
  va_list values;
  va_start(values, format);
  write_line(descriptor, format, values);
  va_end(values);
}

void give_up(const char* format, ...) {
  va_list values;
  va_start(values, format);
  write_line(2, format, values);
  va_end(values);
  _exit(2);
}

void pause_for(int milliseconds) {
  timespec left{milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

}  // namespace testprog
