/* "Not found" before anything was read, with a note: must not pass for an API that is absent. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    with->host->outcomes->note(with->call, bad_text("bad.note"), bad_text(""), bad_text("a note"));
    return PF_NOT_FOUND;
}
