#include "tests/abi/bad_modules/skeleton.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "prismforet_descriptor.h"

typedef struct instance {
    const pf_host* host;
    char release[512];
} instance;

pf_str bad_text(const char* words) { return (pf_str){words, strlen(words)}; }

pf_str bad_bytes(char byte, uint64_t size) {
    char* bytes = malloc(size);
    if (bytes == NULL) abort();
    memset(bytes, byte, size);
    return (pf_str){bytes, size};
}

int bad_is_released(const char* release) {
    const struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
    return access(release, F_OK) == 0;
}

pf_status bad_for_each(const bad* with, bad_each each) {
    const pf_host* host = with->host;
    const pf_list_request request = {sizeof request, VMS, {NULL, 0}, 0, 0, {NULL, 0}};
    pf_list* list = NULL;
    pf_page page = {sizeof page, 0, {0, 0}, {0, 0}};
    uint32_t n = 0;
    pf_status status = host->lists->open(with->call, &request, &list);
    while (status == PF_OK && (status = host->lists->next(with->call, list, &page)) == PF_OK) {
        pf_val vm = host->reader->first(page.items);
        for (; host->reader->kind(vm) != PF_KIND_ABSENT;
             vm = host->reader->next(page.items, vm), ++n) {
            pf_str id = {NULL, 0};
            host->reader->str(host->reader->get(vm, bad_text("extId")), &id);
            each(with, vm, id, n);
        }
    }
    return status == PF_OUT_OF_RANGE ? PF_OK : status;
}

void bad_begin(const bad* with, pf_val vm, pf_str id) {
    const pf_writer* out = with->host->writer;
    pf_str name = {NULL, 0};
    with->host->reader->str(with->host->reader->get(vm, bad_text("name")), &name);
    if (name.len == 0) name = bad_text("nameless");
    out->begin(with->call, with->output, vm, id);
    out->key(with->call, bad_text("name"));
    out->str(with->call, name);
    out->key(with->call, bad_text("data"));
    out->obj(with->call);
}

pf_status bad_end(const bad* with) {
    with->host->writer->close(with->call);
    return with->host->writer->end(with->call);
}

static pf_status collect(void* self, pf_call* call, uint32_t output, pf_val options,
                         pf_str cluster) {
    const instance* own = self;
    const bad with = {own->host, call, output, own->release};
    (void)options, (void)cluster;
    return bad_collect(&with);
}

static const pf_inventory inventory = {sizeof inventory, 0, collect};

static pf_status create(const pf_host* host, pf_val config, pf_add_fn add, pf_registrar* registrar,
                        void** self) {
    instance* made = calloc(1, sizeof *made);
    pf_str release = {NULL, 0};
    if (made == NULL) return PF_RESOURCE_EXHAUSTED;
    made->host = host;
    host->reader->str(host->reader->get(config, bad_text("release")), &release);
    if (release.len > 0 && release.len < sizeof made->release)
        memcpy(made->release, release.ptr, release.len);
    *self = made;
    return add(registrar, bad_text(PF_INVENTORY_ID), &inventory, made);
}

static void destroy(void* self) { free(self); }

const pf_module* pf_module_entry_v0(void) {
    static const pf_module module = {sizeof module,        PF_ABI_MAJOR, PF_ABI_MINOR,
                                     PF_MODULE_DESCRIPTOR, create,       destroy};
    return &module;
}
