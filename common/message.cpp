#include "common/message.hpp"

#include <errno.h>

#include "common/sys/file.hpp"
#include "common/words.hpp"

namespace common {
namespace {

Line message;

// strerror(3) brings a text for every errno there is, over 2 KB: these are the ones that starting a program,
// sending a signal and connecting can end with.
struct ErrorText {
  unsigned char code;
  char text[29];
};
constexpr ErrorText error_texts[] = {
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {EIO, "I/O error"},
    {E2BIG, "Argument list too long"},
    {ENOEXEC, "Exec format error"},
    {EAGAIN, "Resource unavailable"},
    {ENOMEM, "Out of memory"},
    {EACCES, "Permission denied"},
    {ENOTDIR, "Not a directory"},
    {EISDIR, "Is a directory"},
    {EINVAL, "Invalid argument"},
    {EMFILE, "Too many open files"},
    {ETXTBSY, "Text file busy"},
    {ENAMETOOLONG, "Name too long"},
    {ENOSYS, "Function not implemented"},
    {ELOOP, "Too many symbolic links"},
};

}  // namespace

Line& begin_message(std::string_view program) { return message.clear().add(program).add(": "); }

void send_message() { sys::write_message(message.finish()); }

Line& add_error_text(Line& line, int code) {
  for (const ErrorText& known : error_texts)
    if (known.code == code) return line.add(known.text);
  return line.add("errno ").add(code);
}

}  // namespace common
