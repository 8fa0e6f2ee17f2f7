// A module whose create lets an exception out, as a C module that calls C++ could.
#include <prismforet/abi.h>

#include <stdexcept>

namespace {

constexpr char descriptor[] =
#include FIXTURE_DESCRIPTOR_FILE
    ;

pf_status create(const pf_host*, pf_val, pf_add_fn, pf_registrar*, void**) {
    throw std::runtime_error("out of the module");
}

void destroy(void*) PF_NOEXCEPT {}

}  // namespace

extern "C" const pf_module* pf_module_entry_v0() PF_NOEXCEPT {
    // The cast is what a careful author never writes: the type says that create does not throw.
    static const pf_module module = {sizeof(pf_module),
                                     PF_ABI_MAJOR,
                                     PF_ABI_MINOR,
                                     {descriptor, sizeof(descriptor) - 1},
                                     reinterpret_cast<decltype(pf_module::create)>(&create),
                                     &destroy};
    return &module;
}
