// The descriptor of the module, and what the sources take from it by position.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "kinds.hpp"

namespace {

using pf::testing::FakeHost;

}  // namespace

TEST_CASE("the embedded descriptor is the file beside the library, with the consoles in it") {
    const std::string_view embedded = pf::to_view(pf_module_entry_v0()->descriptor);
    const std::string library = PF_MODULE_LIBRARY;
    const std::string sidecar = library.substr(0, library.size() - 3) + ".module.json";
    CHECK(pf::testing::read_file(sidecar) == embedded);
    const auto descriptor = pf::testing::Json::parse(embedded);
    REQUIRE(descriptor["outputs"].children.size() == 5);
    for (const auto& output : descriptor["outputs"].children) {
        CAPTURE(output["kind"].text);
        CHECK(output["console"]["tabs"].children.size() > 1);
        CHECK(output["console"]["table"]["fields"].children.size() > 5);
    }
}

TEST_CASE("the enums are in the descriptor's order") {
    FakeHost host(pf_module_entry_v0());
    const auto& descriptor = host.descriptor();
    CHECK(pf::testing::order_difference(
              descriptor, "endpoints",
              {"vms", "clusters", "hosts", "subnets", "categories", "storage_containers",
               "projects", "images", "esxi_vms", "recovery_points", "templates"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "lookups",
                                        {"clusters", "hosts", "subnets", "categories",
                                         "storage_containers", "projects", "images", "vms"}) == "");
    const auto is_at = [&](vm::Output output, const char* kind) {
        return host.script().index("outputs", kind) == static_cast<std::uint32_t>(output);
    };
    CHECK(is_at(vm::Output::vm, "vm"));
    CHECK(is_at(vm::Output::esxi_vm, "esxi_vm"));
    CHECK(is_at(vm::Output::image, "image"));
    CHECK(is_at(vm::Output::recovery_point, "recovery_point"));
    CHECK(is_at(vm::Output::template_, "template"));
}
