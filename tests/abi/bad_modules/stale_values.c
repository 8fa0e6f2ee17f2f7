/* Keeps the values of a page and uses them on the next. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    const pf_host* host = with->host;
    const pf_list_request request = {sizeof request, VMS, {0, 0}, 10, 0, {0, 0}};
    pf_list* list = 0;
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    pf_val kept = {0, 0}, kept_page = {0, 0};
    pf_status status = host->lists->open(with->call, &request, &list);
    while (status == PF_OK && (status = host->lists->next(with->call, list, &page)) == PF_OK) {
        pf_str text = {0, 0};
        pf_val vm = host->reader->first(page.items);
        if (host->reader->kind(kept) != PF_KIND_ABSENT) return PF_INTERNAL;
        host->reader->str(host->reader->get(kept, bad_text("extId")), &text);
        host->reader->next(kept_page, kept);
        host->reader->next(page.items, kept);
        host->reader->key(kept, vm, &text);
        if (text.len != 0) return PF_INTERNAL;
        host->outcomes->skip(with->call, kept, bad_text("bad.late"), bad_text("too late"));
        host->outcomes->filtered(with->call, kept);
        bad_begin(with, kept, bad_text("kept"));
        bad_end(with);
        for (; host->reader->kind(vm) != PF_KIND_ABSENT; vm = host->reader->next(page.items, vm)) {
            kept = vm;
            host->outcomes->filtered(with->call, vm);
        }
        kept_page = page.items;
    }
    return status == PF_OUT_OF_RANGE ? PF_OK : status;
}
