/* 10,000 containers in each other, in a value and in a member that is dropped. */
#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    const pf_writer* out = with->host->writer;
    bad_begin(with, vm, id);
    out->key(with->call, bad_text(n % 2 == 0 ? "value" : "$dropped"));
    for (int i = 0; i < 10000; ++i) out->arr(with->call);
    for (int i = 0; i < 10000; ++i) out->close(with->call);
    bad_end(with);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
