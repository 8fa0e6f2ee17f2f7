/* Opens lists without end. */
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    const pf_list_request request = {sizeof request, CLUSTERS, {0, 0}, 0, 0, {0, 0}};
    pf_list* list = 0;
    for (int i = 0; i < 200; ++i) with->host->lists->open(with->call, &request, &list);
    return PF_OK;
}
