// healthcheck: the probe of a container without a shell.
#include "healthcheck/run.hpp"
#include "sys/process.hpp"

int main(int, char** arguments, char** environment) {
  sys::seal_relocations();
  return healthcheck::run(arguments, environment);
}
