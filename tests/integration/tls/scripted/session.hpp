// Session: the server's side of one connection, with a TLS library. Each library has a file that defines it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace scripted {

struct Settings {
  std::string directory;  // of "certificate" and "key"
  std::string version;    // "1.2" or "1.3", the only one; none: both
  bool small_records = false;
};

inline constexpr int small_record = 512;  // bytes of plain text

enum class Update { own, both };  // own: the server's key alone; both: the client is asked for the same

// A problem that the library reports, or the client's breach of the protocol.
class Failure : public std::runtime_error {
 public:
  using runtime_error::runtime_error;
};

class Session {
 public:
  // Does the handshake, and sends no ticket.
  Session(const Settings& settings, int socket);
  ~Session();
  Session(const Session&) = delete;

  // Returns what came; nothing: the client's close_notify.
  std::string read();
  void write(std::string_view text);
  void send_ticket();  // TLS 1.3, as the next one too
  void update_key(Update update);
  void send_close_notify();

 private:
  struct Library;
  Library* library_;
};

}  // namespace scripted
