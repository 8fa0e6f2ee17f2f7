// The module as a library: its descriptor, and that it gives what the sources give.
#include <catch2/catch.hpp>

#include <prismforet/testing.hpp>

#include "test_inputs.hpp"

namespace {

using namespace cost_test;
using pf::testing::CostHost;

}  // namespace

TEST_CASE("the library gives what the sources give") {
    const pf::testing::ModuleLibrary library(PF_MODULE_LIBRARY);
    ModelText model;
    model.rate_cards = rate_card();
    CostHost direct(pf_module_entry_v0());
    CostHost loaded(library.module());
    for (CostHost* host : {&direct, &loaded})
        host->model(model.text()).days(days(2)).shape(MachineText{}.text());
    CHECK(loaded.charge().records.size() == 4);
    CHECK(loaded.charge().records == direct.charge().records);
    CHECK(loaded.rates().lines == direct.rates().lines);
}

TEST_CASE("the embedded descriptor is the file beside the library") {
    const std::string library = PF_MODULE_LIBRARY;
    const std::string sidecar = library.substr(0, library.size() - 3) + ".module.json";
    const std::string_view embedded = pf::to_view(pf_module_entry_v0()->descriptor);
    CHECK(pf::testing::read_file(sidecar) == embedded);
    const auto descriptor = pf::testing::Json::parse(embedded);
    CHECK(descriptor["concerns"].at(0).text == "pf.cost/1");
    CHECK(descriptor["outputs"].children.empty());
}
