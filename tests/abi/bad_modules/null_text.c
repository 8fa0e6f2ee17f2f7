/* Null pointers for texts: right with the length 0, wrong with any other. */
#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    const pf_str none = {0, 0};
    const pf_str lie = {0, 36};
    const pf_writer* out = with->host->writer;
    pf_call* call = with->call;
    pf_str read = {0, 0};
    const uint32_t way = n % 4;
    with->host->reader->str(with->host->reader->get(vm, none), &read);
    with->host->reader->str(with->host->reader->get(vm, lie), &read);
    with->host->outcomes->note(call, none, none, none);
    out->begin(call, with->output, vm, way == 1 ? lie : id);
    out->key(call, bad_text("name"));
    out->str(call, bad_text("named"));
    out->key(call, bad_text("instance_type"));
    out->str(call, way == 2 ? lie : none);
    out->key(call, bad_text("data"));
    out->obj(call);
    if (way == 3) out->key(call, lie);
    bad_end(with);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
