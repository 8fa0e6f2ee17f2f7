/* All is well but the status. */
#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    (void)n;
    bad_begin(with, vm, id);
    bad_end(with);
}

pf_status bad_collect(const bad* with) {
    bad_for_each(with, each);
    return 4711;
}
