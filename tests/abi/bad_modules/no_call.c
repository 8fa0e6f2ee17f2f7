/* Uses the services with no call, or with a handle of its own making. */
#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    bad made_up = *with;
    made_up.call = n == 0 ? 0 : (pf_call*)(uintptr_t)(n * 8);
    bad_begin(n < 3 ? &made_up : with, vm, id);
    bad_end(n < 3 ? &made_up : with);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
