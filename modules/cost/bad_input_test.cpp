// What is odd is a clear error before any record, or a stated fallback.
#include <catch2/catch.hpp>

#include "test_inputs.hpp"

namespace {

using namespace cost_test;
using pf::testing::CostHost;
using pf::testing::CostRun;

CostRun charge(const std::string& model, const std::string& days,
               const std::vector<std::string>& shapes) {
    CostHost host(pf_module_entry_v0());
    host.model(model).days(days);
    for (const std::string& shape : shapes) host.shape(shape);
    return host.charge();
}

ModelText card_model() {
    ModelText model;
    model.rate_cards = rate_card();
    return model;
}

void check_refused(const CostRun& run, pf_status status, const std::string& part) {
    CHECK(run.status == status);
    CHECK(run.records.empty());
    CAPTURE(run.why);
    CHECK(run.why.find(part) != std::string::npos);
}

std::string replaced(std::string text, const std::string& old, const std::string& with) {
    REQUIRE(text.find(old) != std::string::npos);
    return text.replace(text.find(old), old.size(), with);
}

}  // namespace

TEST_CASE("a price that is no decimal number from 0 on is refused") {
    const std::string model = card_model().text();
    for (const char* price : {R"("-0.05")", R"("NaN")", R"("1e9")", R"("")", "0.05", "null",
                              R"("0.0000000001")", R"("1000000000000")"}) {
        CAPTURE(price);
        const std::string odd =
            replaced(model, R"("vcpu_hour":"0.05")", std::string(R"("vcpu_hour":)") + price);
        check_refused(charge(odd, one_day(day), {MachineText{}.text()}), PF_INVALID_ARGUMENT,
                      "vcpu_hour");
    }
}

TEST_CASE("a price of 0 charges nothing and writes no record") {
    const std::string model =
        replaced(card_model().text(), R"("vcpu_hour":"0.05")", R"("vcpu_hour":"0")");
    const CostRun run = charge(model, one_day(day), {MachineText{}.text()});
    CHECK(run.status == PF_OK);
    CHECK(cost_of(run, "vcpu") == 0);
    CHECK(run.records.size() == 3);
}

TEST_CASE("a cluster with nothing to sell has no rate") {
    ModelText model;
    TcoText tco;
    tco.reserve = "4";
    model.tco = tco.text();
    check_refused(charge(model.text(), days(1), {MachineText{}.text()}), PF_FAILED_PRECONDITION,
                  "host_reserve");
    tco.reserve = "1";
    tco.capacity =
        R"("nodes":4,"cores_per_node":"6","memory_gib_per_node":"512","raw_gib":"112000",)";
    model.tco = tco.text();
    check_refused(charge(model.text(), days(1), {MachineText{}.text()}), PF_FAILED_PRECONDITION,
                  "cluster one on 2026-02-01: no cores");
    tco.capacity = R"("nodes":4,"cores_per_node":"32","memory_gib_per_node":"40","raw_gib":"1",)";
    model.tco = tco.text();
    check_refused(charge(model.text(), days(1), {MachineText{}.text()}), PF_FAILED_PRECONDITION,
                  "no memory");
    tco.capacity = R"("nodes":4,"cores_per_node":"32","memory_gib_per_node":"99",)";
    model.tco = tco.text();
    check_refused(charge(model.text(), days(1), {MachineText{}.text()}), PF_FAILED_PRECONDITION,
                  "raw storage");
    tco.capacity = "";
    model.tco = tco.text();
    check_refused(charge(model.text(), days(1), {MachineText{}.text()}), PF_FAILED_PRECONDITION,
                  "how many nodes");
}

TEST_CASE("no exchange rate up to a day: no record of any day") {
    ModelText model;
    model.fx = R"([{"currency":"USD","rates":[{"date":"2026-02-02","rate":"0.9"}]}])";
    model.rate_cards = rate_card("USD");
    MachineText machine;
    machine.from = start + day;
    machine.to = start + 2 * day;
    check_refused(charge(model.text(), days(2), {machine.text()}), PF_FAILED_PRECONDITION,
                  "USD for 2026-02-01");
    model.fx = "[]";
    check_refused(charge(model.text(), days(2), {machine.text()}), PF_FAILED_PRECONDITION,
                  "no exchange rates for USD");
}

TEST_CASE("odd days are refused") {
    const std::string model = card_model().text();
    check_refused(charge(model, R"({"zone":"UTC","days":[]})", {}), PF_INVALID_ARGUMENT,
                  "no billing day");
    check_refused(charge(model, one_day(0), {}), PF_INVALID_ARGUMENT, "no seconds");
    check_refused(charge(model, replaced(one_day(day), "2026-02-01", "2026-02"), {}),
                  PF_INVALID_ARGUMENT, "YYYY-MM-DD");
    const std::string twice = replaced(days(2), std::to_string(start + day) + R"(,"to")",
                                       std::to_string(start) + R"(,"to")");
    check_refused(charge(model, twice, {}), PF_INVALID_ARGUMENT, "before the one before it ends");
    ModelText bands = card_model();
    bands.bands = R"(["peak"])";
    bands.rate_cards = rate_card("EUR", R"([{"band":"peak","factor":"1"}])");
    check_refused(charge(bands.text(), one_day(day), {}), PF_INVALID_ARGUMENT, "not covered");
}

TEST_CASE("shapes that cannot be are refused before they are charged twice") {
    const std::string model = card_model().text();
    MachineText early;
    MachineText overlapping;
    overlapping.from = start + hour;
    CHECK(charge(model, one_day(day), {early.text(), overlapping.text()}).status == PF_DATA_LOSS);
    MachineText other;
    other.id = "vm-0";
    CHECK(charge(model, one_day(day), {early.text(), other.text()}).status ==
          PF_FAILED_PRECONDITION);
    MachineText backwards;
    backwards.to = backwards.from - 1;
    check_refused(charge(model, one_day(day), {backwards.text()}), PF_DATA_LOSS, "vm-a");
    check_refused(
        charge(model, one_day(day), {replaced(early.text(), R"("vcpus":4)", R"("vcpus":-4)")}),
        PF_DATA_LOSS, "negative");
    check_refused(charge(model, one_day(day), {R"({"class":"machine","from":1,"to":2})"}),
                  PF_DATA_LOSS, "no id");
}

TEST_CASE("what no block prices costs nothing, and that is told") {
    ModelText model;
    model.rate_cards = replaced(rate_card(), R"(["*"])", R"(["elsewhere"])");
    const CostRun run = charge(model.text(), one_day(day), {MachineText{}.text()});
    CHECK(run.status == PF_OK);
    CHECK(run.records.empty());
    REQUIRE(run.notes.size() == 1);
    CHECK(run.notes[0].code == "cost.no_price");
    CHECK(run.notes[0].id == "one");
}

TEST_CASE("two blocks for one cluster, by name and by UUID, are refused") {
    ModelText model;
    const std::string card = rate_card().substr(1, rate_card().size() - 2);
    model.rate_cards = "[" + replaced(card, R"(["*"])", R"(["one"])") + "," +
                       replaced(replaced(card, R"(["*"])", R"(["C1"])"), "standard", "second") +
                       "]";
    check_refused(charge(model.text(), one_day(day), {MachineText{}.text()}),
                  PF_FAILED_PRECONDITION, "'standard' and 'second'");
}

TEST_CASE("amounts beyond 128 bits end the call") {
    const std::string model = replaced(card_model().text(), R"("memory_gib_hour":"0.01")",
                                       R"("memory_gib_hour":"99999999999.999999999")");
    MachineText machine;
    machine.memory_gib = 8'000'000'000;
    const CostRun run = charge(model, one_day(day), {machine.text()});
    CHECK(run.status == PF_OUT_OF_RANGE);
    CHECK(run.records.empty());
}

TEST_CASE("explaining what is not there is not found") {
    CostHost host(pf_module_entry_v0());
    host.model(card_model().text()).days(one_day(day)).shape(MachineText{}.text());
    const CostRun run = host.explain("vm-z");
    CHECK(run.status == PF_NOT_FOUND);
    CHECK(run.lines.empty());
    CHECK(host.explain("vm-a").status == PF_OK);
}
