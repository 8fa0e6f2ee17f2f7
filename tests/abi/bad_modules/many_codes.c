/* A million notes, each with a code of its own, and a thousand skips. */
#include <stdio.h>

#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    char code[32];
    (void)id;
    snprintf(code, sizeof code, "bad.skip_%u", n);
    with->host->outcomes->skip(with->call, vm, bad_text(code), bad_text("one of very many"));
}

pf_status bad_collect(const bad* with) {
    for (unsigned i = 0; i < 1000000; ++i) {
        char code[32];
        snprintf(code, sizeof code, "bad.note_%u", i);
        with->host->outcomes->note(with->call, bad_text(code), bad_text(code),
                                   bad_text("one of very many"));
    }
    return bad_for_each(with, each);
}
