/* Tokens in every wrong order, one way per VM. */
#include "tests/abi/bad_modules/skeleton.h"

static void wrong(const bad* with, const pf_writer* out, pf_val vm, pf_str id, uint32_t way) {
    pf_call* call = with->call;
    out->close(call); /* outside of any record */
    out->key(call, bad_text("name"));
    bad_begin(with, vm, id);
    switch (way) {
        case 0: /* end in the middle */
            out->end(call);
            return;
        case 1: /* begin twice */
            out->begin(call, with->output, vm, id);
            break;
        case 2: /* value without key */
            out->i64(call, 1);
            break;
        case 3: /* key without value */
            out->key(call, bad_text("value"));
            break;
        case 4: /* key after key */
            out->key(call, bad_text("value"));
            out->key(call, bad_text("more"));
            break;
        case 5: /* close too often */
            out->close(call);
            out->close(call);
            out->close(call);
            break;
        case 6: /* the same key twice */
            out->key(call, bad_text("value"));
            out->null(call);
            out->key(call, bad_text("value"));
            out->null(call);
            break;
        case 7: /* a key inside an array */
            out->key(call, bad_text("more"));
            out->arr(call);
            out->key(call, bad_text("x"));
            break;
        case 8: /* a key the descriptor does not have */
            out->key(call, bad_text("nonsense"));
            out->null(call);
            break;
        default: /* data once more, and a member of another form */
            out->close(call);
            out->key(call, bad_text("data"));
            out->obj(call);
            break;
    }
    bad_end(with);
    out->end(call); /* without a record */
    out->abort(call);
}

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    wrong(with, with->host->writer, vm, id, n % 10);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
