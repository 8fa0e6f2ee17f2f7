// A module that ends the process that loads it: by an exception out of a static constructor, or by
// one out of a create that promised noexcept. Neither can be caught.
#include <prismforet/abi.h>

#include <stdexcept>

namespace {

constexpr char descriptor[] =
#include FIXTURE_DESCRIPTOR_FILE
    ;

struct Thrower {
    Thrower() { throw std::runtime_error("out of a constructor"); }
};

#ifdef FIXTURE_CRASH_IN_CONSTRUCTOR
const Thrower before_anything;
#endif

pf_status create(const pf_host*, pf_val, pf_add_fn, pf_registrar*, void**) PF_NOEXCEPT {
    const Thrower thrower;
    return PF_OK;
}

void destroy(void*) PF_NOEXCEPT {}

}  // namespace

extern "C" const pf_module* pf_module_entry_v0() PF_NOEXCEPT {
    static const pf_module module = {sizeof(pf_module), PF_ABI_MAJOR,
                                     PF_ABI_MINOR,      {descriptor, sizeof(descriptor) - 1},
                                     &create,           &destroy};
    return &module;
}
