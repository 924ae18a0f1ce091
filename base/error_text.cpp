#include "base/error_text.hpp"

#include <errno.h>

#include <array>

#include "base/text.hpp"

namespace base {
namespace {

struct Row {
  unsigned char code;
  std::string_view text;
};

// The errors of signals, waits and terminals that no message reports (ESRCH, ECHILD, ENOTTY) have no row.
// File systems have errors that open(2) does not list: a FUSE file system without its server (ENOTCONN), an
// NFS server without the file (ESTALE), a damaged or encrypted file (EUCLEAN, EBADMSG, ENOKEY).
constexpr Row file_rows[] = {
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {EINTR, "Interrupted system call"},
    {EIO, "Input/output error"},
    {ENXIO, "No such device or address"},
    {EBADF, "Bad file descriptor"},
    {EAGAIN, "Resource temporarily unavailable"},
    {ENOMEM, "Cannot allocate memory"},
    {EACCES, "Permission denied"},
    {EFAULT, "Bad address"},
    {ENODEV, "No such device"},
    {ENOTDIR, "Not a directory"},
    {EISDIR, "Is a directory"},
    {EINVAL, "Invalid argument"},
    {ENFILE, "Too many open files in system"},
    {EMFILE, "Too many open files"},
    {ETXTBSY, "Text file busy"},
    {EFBIG, "File too large"},
    {ENOSPC, "No space left on device"},
    {EPIPE, "Broken pipe"},
    {ENAMETOOLONG, "File name too long"},
    {ENOSYS, "Function not implemented"},
    {ELOOP, "Too many levels of symbolic links"},
    {EBADMSG, "Bad message"},
    {EOVERFLOW, "Value too large for defined data type"},
    {EDESTADDRREQ, "Destination address required"},
    {EOPNOTSUPP, "Operation not supported"},
    {ENOTCONN, "Transport endpoint is not connected"},
    {ETIMEDOUT, "Connection timed out"},
    {ESTALE, "Stale file handle"},
    {EUCLEAN, "Structure needs cleaning"},
    {EDQUOT, "Disk quota exceeded"},
    {ENOKEY, "Required key not available"},
};

// For execve(2), which init alone calls.
constexpr Row program_rows[] = {
    {E2BIG, "Argument list too long"},
    {ENOEXEC, "Exec format error"},
    {ELIBBAD, "Accessing a corrupted shared library"},
};

// For the files and sockets that healthcheck alone opens.
constexpr Row probe_rows[] = {
    {EBUSY, "Device or resource busy"},
    {EEXIST, "File exists"},
    {EROFS, "Read-only file system"},
    {ENONET, "Machine is not on the network"},
    {EPROTO, "Protocol error"},
    {ENOTSOCK, "Socket operation on non-socket"},
    {EMSGSIZE, "Message too long"},
    {EPROTOTYPE, "Protocol wrong type for socket"},
    {ENOPROTOOPT, "Protocol not available"},
    {EPROTONOSUPPORT, "Protocol not supported"},
    {ESOCKTNOSUPPORT, "Socket type not supported"},
    {EAFNOSUPPORT, "Address family not supported by protocol"},
    {EADDRINUSE, "Address already in use"},
    {EADDRNOTAVAIL, "Cannot assign requested address"},
    {ENETDOWN, "Network is down"},
    {ENETUNREACH, "Network is unreachable"},
    {ENETRESET, "Network dropped connection on reset"},
    {ECONNABORTED, "Software caused connection abort"},
    {ECONNRESET, "Connection reset by peer"},
    {ENOBUFS, "No buffer space available"},
    {EISCONN, "Transport endpoint is already connected"},
    {ECONNREFUSED, "Connection refused"},
    {EHOSTDOWN, "Host is down"},
    {EHOSTUNREACH, "No route to host"},
    {EALREADY, "Operation already in progress"},
};

// A program's rows in one text: each has the number's byte, the text and a newline. An array of rows would
// take 24 bytes a row, and as much again for relocations.
template <const auto& rows>
constexpr std::size_t packed_size = [] {
  std::size_t size = 0;
  for (const Row& row : file_rows) size += row.text.size() + 2;
  for (const Row& row : rows) size += row.text.size() + 2;
  return size;
}();

template <std::size_t size>
constexpr void pack(std::array<char, size>& bytes, std::size_t& at, const Row& row) {
  bytes[at++] = static_cast<char>(row.code);
  for (char c : row.text) bytes[at++] = c;
  bytes[at++] = '\n';
}

template <const auto& rows>
constexpr std::array<char, packed_size<rows>> packed = [] {
  std::array<char, packed_size<rows>> bytes{};
  std::size_t at = 0;
  for (const Row& row : file_rows) pack(bytes, at, row);
  for (const Row& row : rows) pack(bytes, at, row);
  return bytes;
}();

MessageBuilder& add_text(MessageBuilder& line, std::string_view rows, int code) {
  while (!rows.empty()) {
    auto row_code = static_cast<unsigned char>(rows.front());
    rows.remove_prefix(1);
    std::string_view text = take_until(rows, '\n');
    if (row_code == code) return line.add(text);
  }
  return line.add("Unknown error ").add(code);
}

template <const auto& rows>
MessageBuilder& add_text_of(MessageBuilder& line, int code) {
  return add_text(line, {packed<rows>.data(), packed<rows>.size()}, code);
}

}  // namespace

MessageBuilder& add_error_text(MessageBuilder& line, int code) {
  return add_text_of<program_rows>(line, code);
}
MessageBuilder& add_probe_error_text(MessageBuilder& line, int code) {
  return add_text_of<probe_rows>(line, code);
}

}  // namespace base
