/* 10 MiB wherever a text goes. */
#include "tests/abi/bad_modules/skeleton.h"

static pf_str huge;

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    const pf_writer* out = with->host->writer;
    const pf_outcomes* outcomes = with->host->outcomes;
    pf_call* call = with->call;
    const uint32_t way = n % 8;
    if (way == 6) {
        outcomes->skip(call, vm, huge, huge);
        return;
    }
    out->begin(call, with->output, vm, way == 0 ? huge : id);
    out->key(call, bad_text("name"));
    out->str(call, way == 1 ? huge : bad_text("named"));
    if (way == 2) {
        out->key(call, bad_text("region"));
        out->str(call, huge);
    }
    if (way == 3) out->key(call, huge);
    if (way == 4) out->unknown(call, huge);
    if (way == 5) {
        out->key(call, bad_text("data"));
        out->obj(call);
        out->key(call, bad_text("value"));
        out->str(call, huge);
        out->close(call);
    }
    if (way == 7) outcomes->note(call, huge, huge, huge);
    out->end(call);
}

pf_status bad_collect(const bad* with) {
    if (huge.ptr == 0) huge = bad_bytes('x', 10u << 20);
    return bad_for_each(with, each);
}
