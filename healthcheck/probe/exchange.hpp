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
// It has room for a record of 16 KB. If it is not initialised, only the pages that are used take memory.
#define EXCHANGE_STORAGE __attribute__((uninitialized))
#else
using Exchange = Conversation;
#define EXCHANGE_STORAGE
#endif

}  // namespace healthcheck
