// testprog ROLE [ARGUMENT]...: plays the processes that the tests and the demo need in a container.
#include <string.h>

#include "report.hpp"
#include "roles.hpp"

namespace {

struct Role {
  const char* name;
  const char* usage;
  int (*play)(testprog::Arguments);
};

constexpr Role roles[] = {
    {"app", "PORT [--exit=N] [--stop-time=MS] [--failing]", testprog::app},
    {"attempts", "", testprog::make_attempts},
    {"crowd", "", testprog::crowd},
    {"exit", "N", testprog::exit_with},
    {"grpc", "PORT", testprog::grpc},
    {"ignore", "SIGNAL...", testprog::ignore},
    {"kill", "SIGNAL", testprog::kill_self},
    {"leaderless", "", testprog::leaderless},
    {"orphans", "N [--live=MS] [--print] [--deaf] [--leave=STATUS]", testprog::orphans},
    {"present", "tcp|unix|file|pid PORT|PATH [--later]", testprog::present},
    {"signals", "[--count=N] [--until=SIGNAL] [--leave-group]", testprog::signals},
    {"slow-helper", "MS [--detach] [--exit=N]", testprog::slow_helper},
    {"state", "[--wait]", testprog::state},
    {"stopper", "[SIGNAL]", testprog::stopper},
    {"touch", "FILE", testprog::touch},
    {"traced", "STATUS", testprog::traced},
    {"tree", "[--until=SIGNAL]", testprog::tree},
    {"wait-ms", "MS [--exit=N]", testprog::wait_ms},
};

}  // namespace

int main(int count, char** words) {
  for (const Role& role : roles) {
    if (count >= 2 && strcmp(words[1], role.name) == 0) {
      return role.play(testprog::Arguments{{words + 2, static_cast<unsigned>(count - 2)}});
    }
  }
  for (const Role& role : roles) testprog::say("testprog %s %s", role.name, role.usage);
  return 2;
}
