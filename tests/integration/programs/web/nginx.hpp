// Nginx: the files of one nginx in a temporary directory of its own.
#pragma once

#include <string>
#include <string_view>

#include "harness/files.hpp"
#include "installed.hpp"

namespace programs {

enum class Daemon { off, on };

class Nginx {
 public:
  explicit Nginx(Daemon daemon = Daemon::off) : daemon_{daemon} { configure("one"); }

  // The answer of / after the next (re)start. /slow is proxied to `application()`.
  void configure(std::string_view answer) const;
  // Everything is proxied to this port of the loopback.
  void proxy_to(int port) const;

  Words command() const;
  std::string socket() const { return directory_ / "web"; }
  std::string application() const { return directory_ / "application"; }
  std::string access_log() const { return directory_ / "access.log"; }

 private:
  void write(std::string_view locations) const;

  Daemon daemon_;
  harness::TemporaryDirectory directory_;
};

}  // namespace programs
