/* Works with two threads, though only the handler's may use the services. */
#include <pthread.h>

#include "tests/abi/bad_modules/skeleton.h"

typedef struct work {
    const bad* with;
    pf_val vm;
    pf_str id;
    const pf_table* table;
} work;

static void* run(void* data) {
    const work* given = data;
    const pf_host* host = given->with->host;
    pf_str text = {0, 0};
    host->reader->str(host->reader->get(given->vm, bad_text("name")), &text);
    host->lookups->get(given->table, bad_text("x"), 0, &text);
    bad_begin(given->with, given->vm, given->id);
    bad_end(given->with);
    host->wait(given->with->call, 1);
    host->log(host, given->with->call, PF_LOG_DEBUG, bad_text("any thread may log"));
    return host->cancelled(given->with->call) != 0 ? data : 0;
}

static void each(const bad* with, pf_val vm, pf_str id, uint32_t n) {
    work given = {with, vm, id, 0};
    pthread_t thread;
    if (n > 2) {
        bad_begin(with, vm, id);
        bad_end(with);
        return;
    }
    with->host->lookups->open(with->call, CLUSTER_NAMES, &given.table);
    if (pthread_create(&thread, 0, run, &given) == 0) pthread_join(thread, 0);
}

pf_status bad_collect(const bad* with) { return bad_for_each(with, each); }
