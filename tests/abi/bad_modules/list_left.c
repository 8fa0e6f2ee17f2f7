/* Is content with the first page. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    const pf_host* host = with->host;
    const pf_list_request request = {sizeof request, VMS, {0, 0}, 5, 0, {0, 0}};
    pf_list* list = 0;
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    if (host->lists->open(with->call, &request, &list) != PF_OK) return PF_INTERNAL;
    if (host->lists->next(with->call, list, &page) != PF_OK) return PF_INTERNAL;
    pf_val vm = host->reader->first(page.items);
    for (; host->reader->kind(vm) != PF_KIND_ABSENT; vm = host->reader->next(page.items, vm)) {
        pf_str id = {0, 0};
        host->reader->str(host->reader->get(vm, bad_text("extId")), &id);
        bad_begin(with, vm, id);
        bad_end(with);
    }
    return PF_OK;
}
