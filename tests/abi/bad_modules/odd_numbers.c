/* Numbers that JSON or a double cannot hold. */
#include <math.h>

#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    const pf_writer* out = with->host->writer;
    pf_call* call = with->call;
    bad_begin(with, vm, id);
    out->key(call, bad_text("value"));
    switch (n % 4) {
        case 0:
            out->f64(call, (double)NAN);
            break;
        case 1:
            out->f64(call, -(double)INFINITY);
            break;
        case 2:
            out->i64(call, INT64_MIN);
            break;
        default:
            out->i64(call, 9007199254740993);
            break;
    }
    bad_end(with);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
