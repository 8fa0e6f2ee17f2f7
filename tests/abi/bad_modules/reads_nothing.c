/* Succeeds without having looked. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    (void)with;
    return PF_OK;
}
