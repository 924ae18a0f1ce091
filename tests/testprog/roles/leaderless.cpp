// A process whose main thread has ended while another one runs: /proc shows it as a zombie.
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"

namespace testprog {
namespace {

void* wait_for_ever(void*) {
  for (;;) pause();
}

}  // namespace

int leaderless(Arguments) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  // Set the size of the stack: the default of this program is 0.
  pthread_attr_setstacksize(&attributes, 64 * 1024);
  pthread_t thread;
  if (const int error = pthread_create(&thread, &attributes, wait_for_ever, nullptr); error != 0)
    give_up("pthread_create: %s", strerror(error));
  say("ready");
  pthread_exit(nullptr);
}

}  // namespace testprog
