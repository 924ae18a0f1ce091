// The roles. Each returns the exit status, and prints `ready` when it accepts signals and requests.
#pragma once

#include "arguments.hpp"

namespace testprog {

int app(Arguments);        // app.cpp: the sample application
int signals(Arguments);    // signals.cpp: reports signals
int orphans(Arguments);    // orphans.cpp: leaves children to init
int exit_with(Arguments);  // ending.cpp: ways to end
int kill_self(Arguments);
int wait_ms(Arguments);
int touch(Arguments);
int stopper(Arguments);  // stubborn.cpp: ways not to end
int ignore(Arguments);
int slow_helper(Arguments);    // slow_helper.cpp: a child that needs time to stop
int tree(Arguments);           // tree.cpp: descendants that left the group and the session
int present(Arguments);        // present.cpp: something for a probe to find or miss
int state(Arguments);          // state.cpp: the inherited state
int crowd(Arguments);          // crowd.cpp: as many processes as are allowed
int make_attempts(Arguments);  // attempts.cpp: calls that may be refused
int leaderless(Arguments);     // leaderless.cpp: the main thread ends, another goes on
int traced(Arguments);         // traced.cpp: init is its debugger
int grpc(Arguments);           // grpc.cpp: the gRPC health service

// Creates a child that only init can reap: its parent has ended when this returns. Returns true in the child.
bool fork_orphan();

}  // namespace testprog
