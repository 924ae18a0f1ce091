// The kernel's error numbers in words, as strerror(3) has them in glibc.
#pragma once

#include "base/message_builder.hpp"

namespace base {

// Adds the text of an error that calls for files, processes and terminals can end with: "Permission denied"
// for EACCES. Adds "Unknown error 4095" for any other number.
MessageBuilder& add_error_text(MessageBuilder& line, int code);

// The same, and the texts of the errors that calls for sockets can end with. init uses none of these, so they
// are not in its file.
MessageBuilder& add_socket_error_text(MessageBuilder& line, int code);

}  // namespace base
