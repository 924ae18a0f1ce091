// The kernel's error numbers in words, as strerror(3) has them in glibc.
#pragma once

#include "base/message_builder.hpp"

namespace base {

// Adds the text of an error that init's calls can end with: "Permission denied" for EACCES. Adds "Unknown
// error 4095" for any other number.
MessageBuilder& add_error_text(MessageBuilder& line, int code);

// The same for healthcheck's calls, those for sockets too. Each program's file has only its own texts.
MessageBuilder& add_probe_error_text(MessageBuilder& line, int code);

}  // namespace base
