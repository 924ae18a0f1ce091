// Runs a container as an engine would, without an engine: init as PID 1, healthcheck as its probe.
#include <exception>
#include <iostream>

#include "demonstration.hpp"
#include "narration.hpp"

namespace {

void perform() {
  demo::title("init and healthcheck in an empty container");
  demo::Demonstration demonstration;
  demonstration.show_image();
  demonstration.start();
  demonstration.check_confinement();
  demonstration.probe();
  demonstration.fail_and_recover();
  demonstration.leave_orphans();
  demonstration.reload();
  demonstration.stop();
  std::cout << "\nEvery step succeeded." << std::endl;
}

}  // namespace

int main() {
  try {
    perform();
    return 0;
  } catch (const std::exception& error) {
    std::cout << "\nFAILED: " << error.what() << std::endl;
    return 1;
  }
}
