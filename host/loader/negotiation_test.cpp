#include "host/loader/negotiation.hpp"

#include <catch2/catch.hpp>
#include <string>

using pf::host::Status;
using pf::host::loader::negotiate;

namespace {

const std::string text = "{\"name\": \"vm\"}";

pf_status create(const pf_host*, pf_val, pf_add_fn, pf_registrar*, void**) PF_NOEXCEPT {
    return PF_OK;
}
void destroy(void*) PF_NOEXCEPT {}

// What the entry returns in the running test.
pf_module current;
const pf_module* entry() { return &current; }

pf_module good_module() {
    return {sizeof(pf_module),          PF_ABI_MAJOR, PF_ABI_MINOR,
            {text.data(), text.size()}, &create,      &destroy};
}

Status answer(const pf_module& module, const std::string& sidecar = text) {
    current = module;
    return negotiate(&entry, sidecar).status();
}

}  // namespace

TEST_CASE("the same version, an older minor and a longer struct are fine") {
    CHECK(answer(good_module()).ok());
    pf_module module = good_module();
    module.abi_minor = 0;
    module.struct_size += 64;
    CHECK(answer(module).ok());
}

TEST_CASE("versions that do not fit are refused, naming both") {
    pf_module module = good_module();
    module.abi_minor = PF_ABI_MINOR + 1;
    CHECK(answer(module).reason() == "ERROR_MODULE_ABI");
    CHECK_THAT(answer(module).message(), Catch::Contains("built for ABI 0.10") &&
                                             Catch::Contains("speaks ABI 0.9") &&
                                             Catch::Contains("upgrade the host"));
    module = good_module();
    module.abi_major = PF_ABI_MAJOR + 1;
    CHECK_THAT(answer(module).message(),
               Catch::Contains("speaks ABI 1.9, this host speaks ABI 0.9"));
}

TEST_CASE("a struct that does not reach what is needed is refused") {
    pf_module module = good_module();
    module.struct_size = 4;
    CHECK_THAT(answer(module).message(), Catch::Contains("4 bytes, too short to hold a version"));
    module.struct_size = sizeof(pf_module) - 8;
    CHECK_THAT(answer(module).message(), Catch::Contains("are needed by ABI 0.9"));
    module = good_module();
    module.create = nullptr;
    CHECK_THAT(answer(module).message(), Catch::Contains("has no create"));
    module = good_module();
    module.destroy = nullptr;
    CHECK_THAT(answer(module).message(), Catch::Contains("has no destroy"));
    CHECK(negotiate(
              +[]() -> const pf_module* { return nullptr; }, text)
              .status()
              .reason() == "ERROR_MODULE_ABI");
    CHECK(negotiate(
              +[]() -> const pf_module* { throw 1; }, text)
              .status()
              .reason() == "ERROR_MODULE_ABI");
}

TEST_CASE("the descriptor inside must be the one beside") {
    CHECK_THAT(answer(good_module(), text + "\n").message(),
               Catch::Contains("14 bytes") && Catch::Contains("15"));
    CHECK_THAT(answer(good_module(), "{\"name\": \"vn\"}").message(),
               Catch::Contains("differs from the file beside it at byte 11"));
    pf_module module = good_module();
    module.descriptor.ptr = nullptr;
    CHECK(answer(module).reason() == "ERROR_MODULE_DESCRIPTOR_DIFFERS");
}
