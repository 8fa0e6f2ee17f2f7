/* Leaves a thread behind that goes on writing when the handler has returned. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/abi/bad_modules/skeleton.h"

typedef struct leaked {
    bad with;
    char release[512]; /* the instance may be gone first */
    pf_val vm;
    pf_list* list;
    const pf_table* table;
} leaked;

static leaked kept;

static void misuse(const leaked* given) {
    const pf_host* host = given->with.host;
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    pf_str text = {0, 0};
    bad_begin(&given->with, given->vm, bad_text("late"));
    bad_end(&given->with);
    host->lists->next(given->with.call, given->list, &page);
    host->lookups->get(given->table, bad_text("x"), 0, &text);
    host->reader->str(host->reader->get(given->vm, bad_text("name")), &text);
    host->outcomes->note(given->with.call, bad_text("late"), bad_text("late"), bad_text("late"));
    host->log(host, given->with.call, PF_LOG_INFO, bad_text("still here"));
}

static void* run(void* data) {
    leaked* given = data;
    /* True as soon as the handler has returned. */
    while (!given->with.host->cancelled(given->with.call)) (void)0;
    do {
        misuse(given);
    } while (!bad_is_released(given->release));
    given->with.host->log(given->with.host, 0, PF_LOG_INFO, bad_text("the leaked thread ends"));
    free(given);
    return 0;
}

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    (void)n;
    kept.vm = vm;
    bad_begin(with, vm, id);
    bad_end(with);
}

pf_status bad_collect(const bad* with) {
    pthread_t thread;
    leaked* given = malloc(sizeof *given);
    const pf_list_request request = {sizeof request, CLUSTERS, {0, 0}, 0, 0, {0, 0}};
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    pf_status status = bad_for_each(with, each);
    if (given == 0) return PF_RESOURCE_EXHAUSTED;
    *given = kept;
    given->with = *with;
    snprintf(given->release, sizeof given->release, "%s", with->release);
    with->host->lookups->open(with->call, CLUSTER_NAMES, &given->table);
    with->host->lists->open(with->call, &request, &given->list);
    while (with->host->lists->next(with->call, given->list, &page) == PF_OK) {
        pf_val cluster = with->host->reader->first(page.items);
        for (; with->host->reader->kind(cluster) != PF_KIND_ABSENT;
             cluster = with->host->reader->next(page.items, cluster)) {
            with->host->outcomes->filtered(with->call, cluster);
        }
    }
    if (pthread_create(&thread, 0, run, given) == 0) pthread_detach(thread);
    return status;
}
