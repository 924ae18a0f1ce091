// Demonstration: the steps, in the order in which main() tells them. Each throws when it is not as it should
// be.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/container.hpp"
#include "image.hpp"

namespace demo {

class Demonstration {
 public:
  void show_image();
  void start();
  void check_confinement();
  void probe();
  void fail_and_recover();
  void leave_orphans();
  void reload();
  void stop();

 private:
  // /healthcheck TARGET inside, as an engine runs it.
  harness::Outcome probe_once(const std::string& target);
  void show_probe(const std::string& target, int expected_status);
  void ask_application(const std::string& path);
  pid_t newest_pid();
  // What init says, up to the line that contains `last`. The application's lines are on stdout, init's on
  // stderr.
  void quote_init(std::string_view last);

  Image image_;
  std::optional<harness::Container> container_;
};

}  // namespace demo
