// Messages to standard error: "init: what happened".
#pragma once

#include <string_view>

#include "base/error_text.hpp"
#include "base/message_builder.hpp"

namespace sys {

// Begins the message. There is one buffer, not one on every stack: the programs have one thread, and a
// message is sent before the next begins.
base::MessageBuilder& begin_message(std::string_view program);
void send_message();

using base::add_error_text;
using base::add_probe_error_text;

}  // namespace sys
