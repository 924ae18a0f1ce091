// The conversation of this program: plain, or in healthcheck-tls one that may be inside of TLS.
#pragma once

#ifdef HEALTHCHECK_TLS
#include "healthcheck/protocol/secure_conversation.hpp"
#else
#include "healthcheck/protocol/conversation.hpp"
#endif

namespace healthcheck {

#ifdef HEALTHCHECK_TLS
using Exchange = SecureConversation;
// It has room for a record, 16 KB, and only pages that are written to are to be in memory.
#define EXCHANGE_STORAGE __attribute__((uninitialized))
#else
using Exchange = Conversation;
#define EXCHANGE_STORAGE
#endif

}  // namespace healthcheck
