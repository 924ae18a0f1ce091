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
#else
using Exchange = Conversation;
#endif

}  // namespace healthcheck
