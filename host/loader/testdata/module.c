/* A module that reads nothing. Macros break it in one way each; see fixtures.cmake. */
#include <prismforet/abi.h>

#ifndef FIXTURE_ENTRY
#define FIXTURE_ENTRY pf_module_entry_v0
#endif
#ifndef FIXTURE_STRUCT_SIZE
#define FIXTURE_STRUCT_SIZE sizeof(pf_module)
#endif
#ifndef FIXTURE_MINOR
#define FIXTURE_MINOR PF_ABI_MINOR
#endif
#ifndef FIXTURE_MAJOR
#define FIXTURE_MAJOR PF_ABI_MAJOR
#endif
#ifndef FIXTURE_CREATE_RETURNS
#define FIXTURE_CREATE_RETURNS PF_OK
#endif
#ifndef FIXTURE_CONCERN
#define FIXTURE_CONCERN PF_INVENTORY_ID
#endif
#ifndef FIXTURE_TABLE_SIZE
#define FIXTURE_TABLE_SIZE sizeof(pf_inventory)
#endif
#ifndef FIXTURE_REGISTERS
#define FIXTURE_REGISTERS 1
#endif
#ifndef FIXTURE_RETURNS
#define FIXTURE_RETURNS &module
#endif

static const char descriptor[] =
#include FIXTURE_DESCRIPTOR_FILE
    ;
static int instance;

#ifdef FIXTURE_UNRESOLVED
int32_t fixture_nobody_has_this(void);
#endif

#ifdef FIXTURE_EXTRA
__attribute__((visibility("default"))) int32_t fixture_extra_symbol(void);
int32_t fixture_extra_symbol(void) { return 1; }
#endif

static pf_status collect(void* self, pf_call* call, uint32_t output, pf_val options,
                         pf_str cluster) {
    (void)self, (void)call, (void)output, (void)options, (void)cluster;
#ifdef FIXTURE_UNRESOLVED
    return fixture_nobody_has_this();
#else
    return PF_OK;
#endif
}

static const pf_inventory inventory = {FIXTURE_TABLE_SIZE, 0, collect};

static pf_status create(const pf_host* host, pf_val config, pf_add_fn add, pf_registrar* registrar,
                        void** self) {
    static const char concern[] = FIXTURE_CONCERN;
    pf_str id = {concern, sizeof(concern) - 1};
    (void)host, (void)config;
    *self = &instance;
    for (int i = 0; i < FIXTURE_REGISTERS; ++i) (void)add(registrar, id, &inventory, &instance);
    return FIXTURE_CREATE_RETURNS;
}

static void destroy(void* self) { (void)self; }

static const pf_module module = {
    FIXTURE_STRUCT_SIZE,
    FIXTURE_MAJOR,
    FIXTURE_MINOR,
    {descriptor, sizeof(descriptor) - 1},
#ifdef FIXTURE_NO_CREATE
    0,
#else
    create,
#endif
    destroy,
};

__attribute__((visibility("default"))) const pf_module* FIXTURE_ENTRY(void);
const pf_module* FIXTURE_ENTRY(void) {
    (void)module, (void)create;
    return FIXTURE_RETURNS;
}
