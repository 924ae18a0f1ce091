#include "sys/message.hpp"

#include <errno.h>

#include <array>

#include "base/text.hpp"
#include "sys/file.hpp"

namespace sys {

using base::MessageBuilder;
using base::take_until;

namespace {

// The alignment keeps the zeroed data within one page of memory.
alignas(512) MessageBuilder message;

// strerror(3) brings a text for every errno there is, over 2 KB. These are the ones that starting a program
// or sending a signal can end with, packed: each is the errno's own byte, its text, and a new line.
struct ErrorText {
  char code;
  std::string_view text;
};
constexpr ErrorText error_texts[] = {
    {EPERM, "Operation not permitted"},   {ENOENT, "No such file or directory"},
    {E2BIG, "Argument list too long"},    {ENOEXEC, "Exec format error"},
    {EAGAIN, "Resource unavailable"},     {ENOMEM, "Out of memory"},
    {EACCES, "Permission denied"},        {ENOTDIR, "Not a directory"},
    {EINVAL, "Invalid argument"},         {EMFILE, "Too many open files"},
    {ETXTBSY, "Text file busy"},          {ENAMETOOLONG, "Name too long"},
    {ENOSYS, "Function not implemented"}, {ELOOP, "Too many symbolic links"},
};

constexpr std::size_t packed_size = [] {
  std::size_t size = 0;
  for (const ErrorText& error : error_texts) size += error.text.size() + 2;
  return size;
}();

constexpr std::array<char, packed_size> packed_texts = [] {
  std::array<char, packed_size> packed{};
  std::size_t at = 0;
  for (const ErrorText& error : error_texts) {
    packed[at++] = error.code;
    for (char c : error.text) packed[at++] = c;
    packed[at++] = '\n';
  }
  return packed;
}();

}  // namespace

MessageBuilder& begin_message(std::string_view program) { return message.clear().add(program).add(": "); }

void send_message() { write_message(message.finish()); }

MessageBuilder& add_error_text(MessageBuilder& line, int code) {
  for (std::string_view rest{packed_texts.data(), packed_size}; !rest.empty();) {
    std::string_view entry = take_until(rest, '\n');
    if (entry.front() != code) continue;
    entry.remove_prefix(1);
    return line.add(entry);
  }
  return line.add("errno ").add(code);
}

}  // namespace sys
