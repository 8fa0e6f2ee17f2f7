/* Ignores every cancel. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    with->host->log(with->host, with->call, PF_LOG_INFO, bad_text("never ends"));
    while (!bad_is_released(with->release)) (void)0;
    with->host->log(with->host, with->call, PF_LOG_INFO, bad_text("it ends after all"));
    return PF_OK;
}
