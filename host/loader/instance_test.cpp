#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <utility>

#include "host/loader/loader.hpp"

using pf::host::Code;
using pf::host::loader::create_instance;
using pf::host::loader::LoadedModule;

namespace {

constexpr std::string_view inventory_id = PF_INVENTORY_ID;

pf_status collect(void*, pf_call*, uint32_t, pf_val, pf_str) PF_NOEXCEPT { return PF_OK; }

const pf_inventory good_table = {sizeof(pf_inventory), 0, &collect};
int own = 0;
int concern_own = 0;
int destroyed = 0;

struct Adder {
    pf_add_fn function;
    pf_registrar* registrar;
    pf_status operator()(std::string_view id, const void* table) const {
        return function(registrar, {id.data(), id.size()}, table, &concern_own);
    }
};

// What create does in the running test.
std::function<pf_status(const Adder&)> behaviour;

pf_status create(const pf_host*, pf_val, pf_add_fn add, pf_registrar* registrar,
                 void** self) PF_NOEXCEPT {
    *self = &own;
    return behaviour(Adder{add, registrar});
}

void destroy(void* self) PF_NOEXCEPT { destroyed += self == &own ? 1 : 100; }

const pf_module module_table = {sizeof(pf_module), PF_ABI_MAJOR, PF_ABI_MINOR,
                                {nullptr, 0},      &create,      &destroy};

LoadedModule loaded() {
    destroyed = 0;
    LoadedModule module;
    module.name = "vm";
    module.path = "/m/vm.so";
    module.descriptor.concerns = {PF_INVENTORY_ID};
    module.entry = &module_table;
    return module;
}

// The refusal of create_instance when create does `what`.
pf::host::Status refusal(std::function<pf_status(const Adder&)> what) {
    behaviour = std::move(what);
    const auto instance = create_instance(loaded(), nullptr, pf_val{});
    CHECK(instance.status().reason() == "ERROR_MODULE_CREATE");
    CHECK_THAT(instance.status().message(), Catch::StartsWith("module vm (/m/vm.so): "));
    return instance.status();
}

}  // namespace

TEST_CASE("an instance has what create registered, and is destroyed once") {
    behaviour = [](const Adder& add) { return add(inventory_id, &good_table); };
    const LoadedModule module = loaded();
    {
        auto first = create_instance(module, nullptr, pf_val{});
        REQUIRE(first.status().message() == "");
        CHECK(first->self() == &own);
        CHECK(first->concerns.get<pf_inventory>(PF_INVENTORY_ID).table == &good_table);
        CHECK(first->concerns.get<pf_inventory>(PF_INVENTORY_ID).self == &concern_own);
        pf::host::loader::Instance moved = std::move(first).value();
        CHECK(moved.concerns.get<pf_inventory>(PF_INVENTORY_ID).table == &good_table);
        CHECK(destroyed == 0);
    }
    CHECK(destroyed == 1);
}

TEST_CASE("a failing create says its status, and is not destroyed") {
    const auto status = refusal([](const Adder&) { return PF_PERMISSION_DENIED; });
    CHECK(status.code() == Code::permission_denied);
    CHECK_THAT(status.message(), Catch::Contains("create returned PERMISSION_DENIED"));
    CHECK(refusal([](const Adder&) { return 4711; }).code() == Code::unknown);
    CHECK(destroyed == 0);
}

TEST_CASE("what cannot be registered is refused, and the instance is ended") {
    const auto message = [](std::string_view id, const pf_inventory* table) {
        const auto status = refusal([=](const Adder& add) {
            CHECK(add(id, table) == PF_INVALID_ARGUMENT);
            return PF_OK;
        });
        CHECK(destroyed == 1);
        return status.message();
    };
    CHECK_THAT(message("pf.unheard/1", &good_table), Catch::Contains("does not know the concern"));
    CHECK_THAT(message("", &good_table), Catch::Contains("does not know the concern"));
    CHECK_THAT(message(inventory_id, nullptr), Catch::Contains("has 0 bytes"));
    pf_inventory table = good_table;
    table.struct_size = 8;
    CHECK_THAT(message(inventory_id, &table), Catch::Contains("has 8 bytes"));
    table = good_table;
    table.flags = 4;
    CHECK_THAT(message(inventory_id, &table), Catch::Contains("flags"));
    table = good_table;
    table.collect = nullptr;
    CHECK_THAT(message(inventory_id, &table), Catch::Contains("lacks a function"));
    CHECK_THAT(message("pf.cost/1", &good_table), Catch::Contains("does not declare"));
}

TEST_CASE("a module may register several concerns, each with a self of its own") {
    constexpr auto nothing = [](void*, pf_call*, const pf_cost_request*) noexcept -> pf_status {
        return PF_OK;
    };
    constexpr auto explain = [](void*, pf_call*, const pf_cost_request*,
                                pf_str) noexcept -> pf_status { return PF_OK; };
    static const pf_cost cost{sizeof(pf_cost), 0, nothing, explain, nothing};
    behaviour = [](const Adder& add) {
        const pf_status first = add(inventory_id, &good_table);
        return first == PF_OK ? add("pf.cost/1", &cost) : first;
    };
    LoadedModule module = loaded();
    module.descriptor.concerns = {"pf.inventory/1", "pf.cost/1"};
    const auto instance = create_instance(module, nullptr, pf_val{});
    REQUIRE(instance.ok());
    CHECK(instance->concerns.get<pf_inventory>(PF_INVENTORY_ID).table == &good_table);
    CHECK(instance->concerns.get<pf_cost>(PF_COST_ID).table == &cost);
}

TEST_CASE("declared and registered concerns must be the same") {
    CHECK_THAT(refusal([](const Adder&) { return PF_OK; }).message(),
               Catch::Contains("declares pf.inventory/1 but its create registered no table"));
    CHECK_THAT(refusal([](const Adder& add) {
                   CHECK(add(inventory_id, &good_table) == PF_OK);
                   CHECK(add(inventory_id, &good_table) == PF_ALREADY_EXISTS);
                   return PF_OK;
               }).message(),
               Catch::Contains("twice"));
    behaviour = [](const Adder& add) { return add(inventory_id, &good_table); };
    LoadedModule module = loaded();
    module.descriptor.concerns = {};
    CHECK_THAT(create_instance(module, nullptr, pf_val{}).status().message(),
               Catch::Contains("does not declare"));
}

TEST_CASE("a refused module has no instance, and says why it was refused") {
    LoadedModule module = loaded();
    module.refusal = pf::host::Status(Code::not_found, "ERROR_MODULE_UNAVAILABLE", "not there");
    module.entry = nullptr;
    CHECK(create_instance(module, nullptr, pf_val{}).status().reason() ==
          "ERROR_MODULE_UNAVAILABLE");
}
