#include "base/error_text.hpp"

#include <errno.h>
#include <gtest/gtest.h>

#include <cstring>
#include <initializer_list>
#include <string>

namespace base {
namespace {

std::string text_of(int code) {
  MessageBuilder line;
  return std::string{add_error_text(line, code).text()};
}

std::string probe_text_of(int code) {
  MessageBuilder line;
  return std::string{add_probe_error_text(line, code).text()};
}

// The errors that section 2 of the manual lists. Left out are errors of arguments that the programs never
// pass, and ESRCH, ECHILD and ENOTTY, which are no failures and are not reported.
struct Call {
  const char* name;
  std::initializer_list<int> errors;
};

// init alone makes these.
const Call program_calls[] = {
    {"execve",
     {E2BIG, EACCES, EAGAIN, EFAULT, EINVAL, EIO, EISDIR, ELIBBAD, ELOOP, EMFILE, ENFILE, ENAMETOOLONG,
      ENOENT, ENOMEM, ENOEXEC, ENOTDIR, EPERM, ETXTBSY}},
};

const Call file_and_process_calls[] = {
    {"vfork, clone", {EAGAIN, ENOMEM, ENOSYS, EINVAL, ENOSPC, EPERM}},
    {"kill, rt_sigqueueinfo, pidfd_send_signal", {EINVAL, EPERM, EAGAIN, EBADF}},
    {"pidfd_open", {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM}},
    {"waitid, wait4", {EINTR, EINVAL}},
    {"rt_sigtimedwait, ppoll", {EAGAIN, EINTR, EINVAL, ENOMEM}},
    {"setpgid, setsid, getpgid", {EACCES, EINVAL, EPERM}},
    {"ioctl", {EBADF, EINVAL, EIO, EPERM, ENXIO, ENODEV}},
    {"open",
     {EACCES, EDQUOT, EINTR, EINVAL, EISDIR, ELOOP, EMFILE, ENAMETOOLONG, ENFILE, ENODEV, ENOENT, ENOMEM,
      ENOSPC, ENOTDIR, ENXIO, EOPNOTSUPP, EOVERFLOW, EPERM, ETXTBSY}},
    {"read, write", {EAGAIN, EBADF, EDQUOT, EFBIG, EINTR, EINVAL, EIO, EISDIR, ENOSPC, EPERM, EPIPE}},
    {"prctl", {EACCES, EBADF, EINVAL, EPERM}},
    {"file systems", {ENOTCONN, ETIMEDOUT, ESTALE, EUCLEAN, EBADMSG, ENOKEY}},
};

const Call socket_calls[] = {
    {"socket",
     {EACCES, EAFNOSUPPORT, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPROTONOSUPPORT, ESOCKTNOSUPPORT}},
    {"bind",
     {EACCES, EADDRINUSE, EBADF, EINVAL, EADDRNOTAVAIL, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR}},
    {"connect",
     {EACCES, EPERM, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN, ECONNREFUSED, EINTR, EISCONN,
      ENETUNREACH, EPROTOTYPE, ETIMEDOUT}},
    {"send",
     {EACCES, EAGAIN, ECONNRESET, EDESTADDRREQ, EINTR, EINVAL, EISCONN, EMSGSIZE, ENOBUFS, ENOMEM, ENOTCONN,
      EOPNOTSUPP, EPIPE}},
    {"ICMP, as tcp(7) and ip(7) have it",
     {EHOSTUNREACH, EHOSTDOWN, ENONET, ENETDOWN, ENETRESET, ECONNABORTED, EPROTO, ENOPROTOOPT, ECONNREFUSED,
      ENETUNREACH}},
};

TEST(ErrorText, IsStrerrorsForTheErrorsOfEveryCall) {
  for (const Call& call : program_calls)
    for (int code : call.errors) EXPECT_EQ(text_of(code), std::strerror(code)) << call.name;
  for (const Call& call : file_and_process_calls)
    for (int code : call.errors) {
      EXPECT_EQ(text_of(code), std::strerror(code)) << call.name;
      EXPECT_EQ(probe_text_of(code), std::strerror(code)) << call.name;
    }
}

TEST(ErrorText, IsStrerrorsForTheErrorsOfSockets) {
  for (const Call& call : socket_calls)
    for (int code : call.errors) EXPECT_EQ(probe_text_of(code), std::strerror(code)) << call.name;
}

TEST(ErrorText, IsStrerrorsOrNamesTheNumber) {
  for (int code = 0; code <= 4095; ++code) {
    const std::string unknown = "Unknown error " + std::to_string(code);
    for (const std::string& text : {text_of(code), probe_text_of(code)})
      EXPECT_TRUE(text == unknown || text == std::strerror(code)) << code << ": " << text;
  }
}

}  // namespace
}  // namespace base
