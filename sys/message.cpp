#include "sys/message.hpp"

#include "sys/file.hpp"

namespace sys {

using base::MessageBuilder;

namespace {

// The alignment keeps the zeroed data within one page of memory.
alignas(512) MessageBuilder message;

}  // namespace

MessageBuilder& begin_message(std::string_view program) { return message.clear().add(program).add(": "); }

void send_message() { write_message(message.finish()); }

}  // namespace sys
