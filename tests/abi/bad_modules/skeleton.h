/* What all bad modules share: entry, create, destroy, and a few words to be brief with. Each module
 * is one file that defines bad_collect(). */
#ifndef PF_TESTS_BAD_MODULES_SKELETON_H
#define PF_TESTS_BAD_MODULES_SKELETON_H

#include <prismforet/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The descriptor's positions. */
enum { VMS = 0, CLUSTERS = 1 }; /* endpoints */
enum { CLUSTER_NAMES = 0 };     /* look-ups */

/* What a handler gets. `release` is the module's configuration: the path of a file whose appearance
 * ends what would never end, so that tests can clean up. */
typedef struct bad {
    const pf_host* host;
    pf_call* call;
    uint32_t output;
    const char* release;
} bad;

/* The module's misbehaviour. C++ modules throw out of it: the skeleton is C and lets it pass. */
pf_status bad_collect(const bad* with);

/* A text of the program. */
pf_str bad_text(const char* words);
/* `size` bytes of `byte`; never freed, so keep it. */
pf_str bad_bytes(char byte, uint64_t size);
/* 1 when the file `release` is there. Waits a millisecond first. */
int bad_is_released(const char* release);

/* Calls each(with, vm, id, n) for every VM, n = 0.. . Returns what a good handler would. */
typedef void (*bad_each)(const bad* with, pf_val vm, pf_str id, uint32_t n);
pf_status bad_for_each(const bad* with, bad_each each);
/* A record as it should be, up to the open object `data`. */
void bad_begin(const bad* with, pf_val vm, pf_str id);
/* Closes `data` and ends the record. */
pf_status bad_end(const bad* with);

#ifdef __cplusplus
}
#endif

#endif
