/* Writes rows for ever, whatever end() answers. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    const pf_val none = {0, 0};
    with->host->log(with->host, with->call, PF_LOG_INFO, bad_text("never ends"));
    for (uint32_t i = 0;; ++i) {
        if (i % 1000 == 0 && bad_is_released(with->release)) return PF_OK;
        bad_begin(with, none, bad_text("again"));
        bad_end(with);
    }
}
