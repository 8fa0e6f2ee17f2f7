/* Invalid UTF-8 and control characters wherever a text goes. Names and values are mended; an id
 * cannot be, as it is the resource's identity. */
#include "tests/abi/bad_modules/skeleton.h"

static const char odd[] = "a\xFF\x1b[31m\xE2\x82 \xED\xA0\x80\n";

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    const pf_writer* out = with->host->writer;
    pf_call* call = with->call;
    if (n == 0) id = bad_text(odd);
    out->begin(call, with->output, vm, id);
    out->key(call, bad_text("name"));
    out->str(call, bad_text(odd));
    out->key(call, bad_text("tags"));
    out->obj(call);
    out->key(call, bad_text(odd));
    out->str(call, bad_text(odd));
    out->close(call);
    out->key(call, bad_text("data"));
    out->obj(call);
    out->key(call, bad_text("value"));
    out->obj(call);
    out->key(call, bad_text("k\xFFk"));
    out->str(call, bad_text(odd));
    out->close(call);
    bad_end(with);
    if (n == 1) with->host->outcomes->note(call, bad_text(odd), bad_text(odd), bad_text(odd));
    with->host->log(with->host, call, 77, bad_text(odd));
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
