// Demonstration: the steps, in the order in which main() shows them. Each throws if the result is not as it
// should be.
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
  // Runs /healthcheck TARGET inside, as an engine does.
  harness::Outcome probe_once(const std::string& target);
  void show_probe(const std::string& target, int expected_status);
  void ask_application(const std::string& path);
  pid_t newest_pid();
  // Prints init's messages up to the line that contains `last`. The application writes to stdout, init to
  // stderr.
  void quote_init(std::string_view last);

  Image image_;
  std::optional<harness::Container> container_;
};

}  // namespace demo
