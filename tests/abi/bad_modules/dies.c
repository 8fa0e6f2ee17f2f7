/* Ends the process in its handler after the first rows, in the way BAD_DEATH says. */
#include <signal.h>
#include <stdlib.h>

#include "tests/abi/bad_modules/skeleton.h"

/* Each step leaves something on the stack that is needed afterwards. */
int bad_overflow(volatile int* before);
int bad_overflow(volatile int* before) {
    volatile int here[256] = {0};
    if (*before < 0) return 0;
    here[0] = *before + 1;
    return bad_overflow(here) + here[255] + *before;
}

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    volatile int start = 0;
    bad_begin(with, vm, id);
    bad_end(with);
    if (n != 120) return;
    (void)start;
    BAD_DEATH;
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
