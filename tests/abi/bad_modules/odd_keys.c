/* Keys that CloudForet's database cannot keep. '$' is dropped with what it holds; others are
 * errors. */
#include "tests/abi/bad_modules/skeleton.h"

static pf_str too_long;

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    static const char with_nul[] = "a\0b";
    const pf_str keys[] = {
        bad_text("$where"), bad_text("a.b"), {with_nul, 3}, bad_text(""), too_long};
    const pf_writer* out = with->host->writer;
    bad_begin(with, vm, id);
    out->key(with->call, bad_text("value"));
    out->obj(with->call);
    out->key(with->call, keys[n % 5]);
    out->obj(with->call);
    out->key(with->call, bad_text("inside"));
    out->i64(with->call, 1);
    out->close(with->call);
    out->close(with->call);
    bad_end(with);
}

pf_status bad_collect(const bad* with) {
    if (too_long.ptr == 0) too_long = bad_bytes('k', 2000);
    return bad_for_each(with, each);
}
