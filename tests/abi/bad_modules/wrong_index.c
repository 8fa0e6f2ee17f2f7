/* Positions the descriptor does not have, handles of nobody, requests too short. */
#include "tests/abi/bad_modules/skeleton.h"

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    if (n == 0) {
        with->host->writer->begin(with->call, 17, vm, id);
        with->host->writer->end(with->call);
    } else {
        bad_begin(with, vm, id);
        bad_end(with);
    }
}

pf_status bad_collect(const bad* with) {
    const pf_lists* lists = with->host->lists;
    pf_list_request request = {sizeof request, 17, {0, 0}, 0, 0, {0, 0}};
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    pf_list* list = (pf_list*)(uintptr_t)8;
    const pf_table* table = (const pf_table*)(uintptr_t)8;
    pf_str text = {0, 0};
    lists->next(with->call, list, &page);
    lists->open(with->call, &request, &list);
    lists->next(with->call, list, &page);
    request.endpoint = VMS;
    request.flags = 4;
    lists->open(with->call, &request, &list);
    request.flags = 0;
    request.struct_size = 8;
    lists->open(with->call, &request, &list);
    lists->open(with->call, 0, &list);
    lists->fetch(with->call, 17, bad_text("x"), &page);
    lists->fetch(with->call, VMS, bad_text("../../x"), &page);
    with->host->lookups->open(with->call, 17, &table);
    with->host->lookups->get(table, bad_text("x"), 0, &text);
    if (with->host->lookups->open(with->call, CLUSTER_NAMES, &table) == PF_OK) {
        with->host->lookups->get(table, bad_text("x"), 17, &text);
        with->host->lookups->get(table, bad_text("x"), 0, 0);
    }
    return bad_for_each(with, each);
}
