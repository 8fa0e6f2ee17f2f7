/* pf_module and the one exported symbol: how a module is found, created and ended. */
#ifndef PRISMFORET_ABI_MODULE_H
#define PRISMFORET_ABI_MODULE_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

/* [main] Registers `table` (for instance a const pf_inventory*) under a concern's id, served with
 * `self`. Both must live until destroy() returns. PF_INVALID_ARGUMENT: unknown id, table too short,
 * or not declared in the descriptor. PF_ALREADY_EXISTS: registered before. */
typedef pf_status (*pf_add_fn)(pf_registrar* registrar, pf_str concern, const void* table,
                               void* self) PF_NOEXCEPT;

typedef struct pf_module {
    uint32_t struct_size;
    uint16_t abi_major; /* PF_ABI_MAJOR at build time */
    uint16_t abi_minor; /* PF_ABI_MINOR at build time */
    pf_str descriptor;  /* JSON in static storage; equals the file beside the library */
    /* [main] Makes an instance: checks `config` (an object, validated against the descriptor's
     * config_schema; lives until create returns) and registers concerns. `host` lives as long as
     * the process. May use pf_host.log and service only; starts no thread. On another status than
     * PF_OK nothing stays registered and destroy is not called. */
    pf_status (*create)(const pf_host* host, pf_val config, pf_add_fn add, pf_registrar* registrar,
                        void** self) PF_NOEXCEPT;
    /* [main] Ends an instance. No handler of it runs any more. The code stays mapped. */
    void (*destroy)(void* self) PF_NOEXCEPT;
} pf_module;

/* The only exported symbol. Pure: no input or output, no thread, no allocation. [any] Always the
 * same pointer, to static storage. */
#define PF_MODULE_ENTRY pf_module_entry_v0
#define PF_MODULE_ENTRY_NAME "pf_module_entry_v0"
__attribute__((visibility("default"))) const pf_module* pf_module_entry_v0(void) PF_NOEXCEPT;

PF_EXTERN_C_END

#endif
