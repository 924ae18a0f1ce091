// Included before each source of init. The child of vfork(2) shares its parent's stack, and the call returns
// twice: setjmp(3) has to be called in the frame that it returns to.
#pragma once

#include <setjmp.h>
#include <unistd.h>

extern jmp_buf simulated_vfork_return;
int simulated_vfork(int child);

#define vfork() simulated_vfork(setjmp(simulated_vfork_return))
