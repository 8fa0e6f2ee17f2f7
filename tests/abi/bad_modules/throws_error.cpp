// An exception leaves the handler. The table of the ABI is a C file's, so no noexcept stops it.
#include <stdexcept>

#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad* with) {
    bad_for_each(with, [](const bad* each, pf_val vm, pf_str id, uint32_t n) {
        bad_begin(each, vm, id);
        if (n == 3) throw std::runtime_error("the third\nVM \xFF was too much");
        bad_end(each);
    });
    return PF_OK;
}
