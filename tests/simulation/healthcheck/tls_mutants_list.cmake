# The faults of healthcheck-tls alone: a name, the file, the text, its replacement.
set(tls healthcheck/protocol/tls)

# The handshake.
mutant("a wrong Finished is accepted" ${tls}/handshake/handshake.cpp
  [[if (!std::ranges::equal(messages_.body(), right)) return Alert::DecryptError;]] [[static_cast<void>(right);]])
mutant("the Finished may be left out" ${tls}/client.cpp
  [[if (!is_established()) return Alert::UnexpectedMessage;]] [[]])
mutant("a tag is ignored" ${tls}/record/record_protection.cpp
  [[if (!apply(AesGcm::Direction::Open, type, fragment)) return false;]]
  [[if (static_cast<void>(apply(AesGcm::Direction::Open, type, fragment)), false) return false;]])
mutant("an unprotected record is read among protected ones" ${tls}/record/record_reader.cpp
  [[if (is_13 && type_ != ContentType::ApplicationData) return Alert::UnexpectedMessage;]]
  [[if (is_13 && type_ != ContentType::ApplicationData) return {};]])
mutant("any message is the expected one" ${tls}/handshake/handshake.cpp
  [[if (transition.step != step_ || transition.type != type) continue;]]
  [[if (transition.step != step_) continue;]])
mutant("a downgrade is not noticed" ${tls}/handshake/server_hello.cpp
  [[|| is_downgraded(hello.random);]] [[|| (false && is_downgraded(hello.random));]])
mutant("unknown extensions are read over" ${tls}/handshake/server_hello.cpp
  [[    default:
      return Alert::UnsupportedExtension;]] [[    default:
      content.skip_rest();
      return {};]])
mutant("a second retry is followed" ${tls}/handshake/handshake.cpp
  [[if (has_retried_ && (hello.is_retry ||]] [[if (has_retried_ && (]])
mutant("the cookie is not returned" ${tls}/handshake/handshake.cpp
  [[add_client_hello(hello.cookie, out);]] [[add_client_hello({}, out);]])
mutant("the retry's digest is left out" ${tls}/handshake/handshake.cpp
  [[if (hello.is_retry) transcript_.replace_by_digest(hello.hash);]] [[]])
mutant("an empty record is read over" ${tls}/record/record_reader.cpp
  [[if (fragment_.empty() && type_ != ContentType::ApplicationData) return Alert::UnexpectedMessage;]] [[]])
mutant("a message may be interrupted" ${tls}/client.cpp
  [[  if (reader_.type() != ContentType::Handshake && !handshake_.is_between_messages())
    return Alert::UnexpectedMessage;]] [[]])
mutant("no certificate is sent to a server that asks for one" ${tls}/handshake/handshake.cpp
  [[if (has_certificate_request_)
    add]] [[if (false)
    add]])
mutant("the extended master secret is always used" ${tls}/handshake/tls12.cpp
  [[has_extended_master_secret_ ? transcript().bytes() : Bytes{}]] [[transcript().bytes()]])

# After the handshake.
mutant("a KeyUpdate changes no key" ${tls}/handshake/tls13.cpp
  [[  schedule_.update(Side::Server);
  protect(Side::Server);]] [[]])
mutant("any KeyUpdate is valid" ${tls}/handshake/tls13.cpp
  [[if (body.front() > update_requested) return Alert::IllegalParameter;]] [[]])
mutant("a ticket is an error" ${tls}/handshake/handshake.cpp
  [[    {Step::Established13, HandshakeType::NewSessionTicket, Step::Established13},]] [[]])
mutant("a request for renegotiation is an error" ${tls}/handshake/handshake.cpp
  [[    {Step::Established12, HandshakeType::HelloRequest, Step::Established12},]] [[]])
mutant("padding is content" ${tls}/record/record_protection.cpp
  [[for (type = ContentType::Invalid; !fragment.empty() && type == ContentType::Invalid;)]]
  [[for (int left = 1; !fragment.empty() && left-- > 0;)]])
mutant("a fatal alert is read over" ${tls}/client.cpp
  [[    state_ = State::Refused;]] [[    {}]])
mutant("user_canceled ends the connection" ${tls}/client.cpp
  [[is_13 ? alert != Alert::UserCanceled]] [[is_13 ? true]])
mutant("close_notify is read over" ${tls}/client.cpp
  [[    state_ = State::Closed;
  else if]] [[    {}
  else if]])
mutant("the replies that are not sent change the keys" ${tls}/handshake/tls13.cpp
  [[owes_key_update_ |= body.front() == update_requested;]]
  [[owes_key_update_ |= body.front() == update_requested;
  __attribute__((uninitialized)) Arena unsent;
  answer_key_update(unsent);]])

# Around it.
mutant("no close_notify is sent" healthcheck/probe/probe.cpp
  [[if (is_secure) say_farewell(]] [[if (false && is_secure) say_farewell(]])
mutant("an address is a server name" healthcheck/protocol/secure_conversation.cpp
  [[target.host == Host::Literal ? string_view{} :]] [[target.host == Host::Literal && false ? string_view{} :]])
mutant("ALPN is not offered" healthcheck/protocol/secure_conversation.cpp
  [[scheme == Scheme::Grpc ? "\x02h2" : ""]] [[""]])
mutant("--server-name does not count" healthcheck/protocol/secure_conversation.cpp
  [[plan.server_name.empty() ? name_of(target) : plan.server_name]] [[name_of(target)]])
mutant("--min-validity does not count" healthcheck/protocol/secure_conversation.cpp
  [[if (plan_.min_validity && !check_validity(line)) return Health::Unhealthy;]] [[]])
mutant("a server that wants a certificate is dead" healthcheck/protocol/secure_conversation.cpp
  [[return target_.scheme == Scheme::Tcp &&]] [[return false &&]])
mutant("without random bytes the probe goes on" healthcheck/probe/securing.cpp
  [[    return false;
  }
  if (!plan_.min]] [[  }
  if (!plan_.min]])
mutant("the handshake may fail after it was sent" healthcheck/protocol/secure_conversation.cpp
  [[(!client_.is_established() ||]] [[(]])
mutant("an answer that is cut in a record is whole" healthcheck/protocol/secure_conversation.cpp
  [[client_.end() || !inner_.is_decided()]] [[(client_.end() && false) || !inner_.is_decided()]])
mutant("without a close_notify a body is whole" healthcheck/protocol/secure_conversation.cpp
  [[client_.end() || !inner_.is_decided()]] [[client_.end()]])
mutant("an end after the farewell counts" healthcheck/protocol/secure_conversation.cpp
  [[  if (has_said_farewell_) return;
]] [[]])
