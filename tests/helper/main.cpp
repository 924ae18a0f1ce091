// helper ROLE [ARGUMENT]...: plays the processes that the tests and the demo need in a container.
#include <string.h>

#include "report.hpp"
#include "roles.hpp"

namespace {

struct Role {
  const char* name;
  const char* usage;
  int (*play)(helper::Arguments);
};

constexpr Role roles[] = {
    {"app", "PORT [--exit=N] [--stop-time=MS] [--failing]", helper::app},
    {"attempts", "", helper::make_attempts},
    {"crowd", "", helper::crowd},
    {"exit", "N", helper::exit_with},
    {"grpc", "PORT", helper::grpc},
    {"ignore", "SIGNAL...", helper::ignore},
    {"kill", "SIGNAL", helper::kill_self},
    {"orphans", "N [--live=MS] [--print] [--deaf] [--leave=STATUS]", helper::orphans},
    {"present", "tcp|unix|file|pid PORT|PATH [--later]", helper::present},
    {"signals", "[--count=N] [--until=SIGNAL]", helper::signals},
    {"slow-helper", "MS [--detach] [--exit=N]", helper::slow_helper},
    {"state", "[--wait]", helper::state},
    {"stopper", "[SIGNAL]", helper::stopper},
    {"touch", "FILE", helper::touch},
    {"tree", "[--until=SIGNAL]", helper::tree},
    {"wait-ms", "MS [--exit=N]", helper::wait_ms},
};

}  // namespace

int main(int count, char** words) {
  for (const Role& role : roles) {
    if (count >= 2 && strcmp(words[1], role.name) == 0) {
      return role.play(helper::Arguments{{words + 2, static_cast<unsigned>(count - 2)}});
    }
  }
  for (const Role& role : roles) helper::say("helper %s %s", role.name, role.usage);
  return 2;
}
