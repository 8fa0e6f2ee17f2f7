// The worked examples E1 to E9, E11, E14, E15 and E19 through the module as the host uses it, with
// exactly the expected figures.
#include <catch2/catch.hpp>

#include "test_inputs.hpp"

namespace {

using namespace cost_test;
using pf::testing::CostHost;
using pf::testing::CostRun;

CostRun charge(const ModelText& model, const std::string& days,
               const std::vector<std::string>& shapes) {
    CostHost host(pf_module_entry_v0());
    host.model(model.text()).days(days);
    for (const std::string& shape : shapes) host.shape(shape);
    CostRun run = host.charge();
    CHECK(run.why == "");
    REQUIRE(run.status == PF_OK);
    return run;
}

ModelText card_model() {
    ModelText model;
    model.rate_cards = rate_card();
    return model;
}

ModelText tco_model(const TcoText& tco = {}) {
    ModelText model;
    model.tco = tco.text();
    return model;
}

constexpr std::int64_t month = 730 * hour;

MachineText month_machine(const std::string& id, int vcpus, std::int64_t memory,
                          std::int64_t disk) {
    MachineText machine;
    machine.id = id;
    machine.to = start + month;
    machine.vcpus = vcpus;
    machine.memory_gib = memory;
    machine.ssd_gib = disk;
    machine.hdd_gib = 0;
    return machine;
}

}  // namespace

TEST_CASE("E1: a machine's day by rate card") {
    const CostRun run = charge(card_model(), one_day(day), {MachineText{}.text()});
    CHECK(cost_of(run, "vcpu") == 4'800'000);
    CHECK(cost_of(run, "memory") == 3'840'000);
    CHECK(cost_of(run, "storage.ssd") == 657'534);
    CHECK(cost_of(run, "storage.hdd") == 493'151);
    CHECK(run.total() == 9'790'685);
    REQUIRE(run.records.size() == 4);
    const auto& record = run.records[0];
    CHECK(record.resource == "vm-a");
    CHECK(record.product == "AHV");
    CHECK(record.region_code == "r1");
    CHECK(record.usage_unit == "vCPU-hour");
    CHECK(record.quantity_micros == 96'000'000);
    CHECK(record.project == "(none)");
    CHECK(record.cluster == "one");
    CHECK(record.model == "rate-card");
    CHECK(record.basis == "measured");
    CHECK(record.billed_date == "2026-02-01");
    CHECK(run.records[1].quantity_micros == 384'000'000);
    CHECK(run.records[2].usage_unit == "GiB-day");
    CHECK(run.records[2].quantity_micros == 200'000'000);
}

TEST_CASE("E2: off all day only storage costs") {
    MachineText machine;
    machine.is_on = false;
    const CostRun run = charge(card_model(), one_day(day), {machine.text()});
    CHECK(run.total() == 1'150'685);
    CHECK(run.records.size() == 2);
}

TEST_CASE("E3: on for 9 hours and a quarter") {
    MachineText on;
    on.to = start + 33'300;
    MachineText off;
    off.from = on.to;
    off.is_on = false;
    const CostRun run = charge(card_model(), one_day(day), {on.text(), off.text()});
    CHECK(cost_of(run, "vcpu") == 1'850'000);
    CHECK(cost_of(run, "memory") == 1'480'000);
    CHECK(cost_of(run, "storage.ssd") == 657'534);
    CHECK(cost_of(run, "storage.hdd") == 493'151);
    CHECK(run.total() == 4'480'685);
}

TEST_CASE("E4: resized in the middle of the day") {
    MachineText small;
    small.to = start + 37'200;
    MachineText large;
    large.from = small.to;
    large.vcpus = 8;
    large.memory_gib = 32;
    const CostRun run = charge(card_model(), one_day(day), {small.text(), large.text()});
    CHECK(cost_of(run, "vcpu") == 7'533'333);
    CHECK(cost_of(run, "memory") == 6'026'667);
    CHECK(run.records[0].quantity_micros == 150'666'667);
    CHECK(run.records[1].quantity_micros == 602'666'667);
}

TEST_CASE("E5 and E6: pools, capacity and rates of a cluster") {
    CostHost host(pf_module_entry_v0());
    host.model(tco_model().text()).days(one_day(month));
    host.shape(month_machine("vm-a", 4, 16, 200).text());
    const CostRun run = host.rates();
    REQUIRE(run.status == PF_OK);
    const auto line = [&run](const std::string& section, const std::string& what) {
        for (const auto& each : run.lines)
            if (each.section == section && each.what == what + " of cluster one") return each;
        FAIL("no line " << section << " " << what);
        throw std::logic_error("not reached");
    };
    CHECK(line("pool", "nodes").amount_micros == 2'133'333'333);
    CHECK(line("pool", "support").amount_micros == 1'066'666'667);
    CHECK(line("pool", "NCI").amount_micros == 4'800'000'000);
    CHECK(line("pool", "rack").amount_micros == 200'000'000);
    CHECK(line("pool", "power").amount_micros == 427'050'000);
    CHECK(line("pool", "switches").amount_micros == 100'000'000);
    CHECK(line("pool", "people").amount_micros == 2'250'000'000);
    CHECK(section_sum(run, "pool") == 10'977'050'000);
    CHECK(line("pool", "vcpu pool").value == "5158.935000");
    CHECK(line("pool", "memory pool").value == "3389.057500");
    CHECK(line("pool", "storage pool").value == "2429.057500");
    CHECK(line("capacity", "vcpu that can be sold").value == "312");
    CHECK(line("capacity", "memory that can be sold").value == "1416");
    CHECK(line("capacity", "storage that can be sold").value == "42000");
    CHECK(line("rate", "vcpu").value == "0.022650751");
    CHECK(line("rate", "memory").value == "0.003278633");
    CHECK(line("rate", "storage").value == "0.057834702");
}

TEST_CASE("E7: a machine's month by total cost") {
    const CostRun run =
        charge(tco_model(), one_day(month), {month_machine("vm-a", 4, 16, 200).text()});
    CHECK(cost_of(run, "vcpu") == 66'140'192);
    CHECK(cost_of(run, "memory") == 38'294'435);
    // The parts as rounded lack one millionth, which goes to the part with the largest remainder.
    CHECK(cost_of(run, "storage.ssd") == 11'566'941);
    CHECK(total_of(run, "vm-a") == 116'001'568);
    CHECK(run.records[0].model == "tco");
    CHECK(run.total() == 10'977'050'000);
}

TEST_CASE("E8: what is idle, separate, shared, and at a target utilisation") {
    const std::vector<std::string> shapes = {month_machine("vm-a", 4, 16, 200).text(),
                                             month_machine("vm-b", 176, 944, 20'800).text()};
    SECTION("separate") {
        const CostRun run = charge(tco_model(), one_day(month), shapes);
        CHECK(total_of(run, "vm-a") == 116'001'568);
        CHECK(cost_of(run, "idle.vcpu") == 2'182'626'346);
        CHECK(cost_of(run, "idle.memory") == 1'091'391'398);
        CHECK(cost_of(run, "idle.storage") == 1'214'528'750);
        CHECK(total_of(run, "c1") == 4'488'546'494);
        CHECK(run.total() - total_of(run, "c1") == 6'488'503'506);
        CHECK(run.total() == 10'977'050'000);
    }
    SECTION("shared in proportion") {
        ModelText model = tco_model();
        model.idle = R"({"policy":"share"})";
        const CostRun run = charge(model, one_day(month), shapes);
        CHECK(total_of(run, "vm-a") == 194'261'173);
        CHECK(run.total() == 10'977'050'000);
        CHECK(total_of(run, "c1") == 0);
    }
    SECTION("at a target of 80 %") {
        TcoText tco;
        tco.target = "0.8";
        const CostRun run = charge(tco_model(tco), one_day(month), shapes);
        CHECK(total_of(run, "vm-a") == 145'001'960);
        CHECK(run.total() == 10'977'050'000);
    }
}

TEST_CASE("E9: the vCPU rate by overcommit") {
    const std::pair<const char*, const char*> expected[] = {
        {"1", "0.090603003"}, {"2", "0.045301502"}, {"4", "0.022650751"}, {"8", "0.011325375"}};
    for (const auto& [overcommit, rate] : expected) {
        TcoText tco;
        tco.overcommit = overcommit;
        CostHost host(pf_module_entry_v0());
        host.model(tco_model(tco).text()).days(one_day(month));
        host.shape(month_machine("vm-a", 4, 16, 200).text());
        const CostRun run = host.rates();
        bool is_told = false;
        for (const auto& line : run.lines) {
            if (line.section != "rate" || line.what != "vcpu of cluster one") continue;
            CHECK(line.value == rate);
            is_told = true;
        }
        CHECK(is_told);
    }
}

TEST_CASE("E11: energy by time of use, also when clocks change") {
    const auto day_with = [](std::int64_t offpeak_hours) {
        ModelText model;
        model.bands = R"(["offpeak","peak"])";
        TcoText tco;
        tco.capacity =
            R"("nodes":4,"cores_per_node":"32","memory_gib_per_node":"512","raw_gib":"112000",)";
        tco.lines =
            R"([{"name":"power","form":"energy","source":"stated","watts":"2600","count":"1",)"
            R"("pue":"1.5","kwh":[{"band":"offpeak","price":"0.09"},{"band":"peak","price":"0.22"}],)"
            R"("split":{"cpu":"1","memory":"0","storage":"0"}}])";
        model.tco = tco.text();
        const std::int64_t morning = start + (offpeak_hours - 2) * hour;
        const std::int64_t evening = morning + 13 * hour;
        const std::int64_t end = evening + 2 * hour;
        const auto band = [](const char* name, std::int64_t from, std::int64_t to) {
            return std::string(R"({"band":")") + name + R"(","from":)" + std::to_string(from) +
                   R"(,"to":)" + std::to_string(to) + "}";
        };
        const std::string bands = "[" + band("offpeak", start, morning) + "," +
                                  band("peak", morning, evening) + "," +
                                  band("offpeak", evening, end) + "]";
        MachineText machine;
        machine.to = end;
        return charge(model, one_day(end - start, bands), {machine.text()}).total();
    };
    CHECK(day_with(11) == 15'015'000);
    CHECK(day_with(10) == 14'664'000);
    CHECK(day_with(12) == 15'366'000);
}

TEST_CASE("E14: graphics cards, whole and in part") {
    ModelText model = card_model();
    model.gpus =
        R"([{"name":"A40","models":["NVIDIA A40*"],"clusters":["*"],"currency":"EUR","price":"6500",)"
        R"("life_months":48,"salvage":"0","method":"straight_line","year":"250","card_gib":"48",)"
        R"("charged":"on"}])";
    MachineText machine;
    machine.to = start + month;
    machine.more =
        R"(,"gpus":[{"model":"nvidia a40-8q","mode":"VIRTUAL","profile_bytes":8589934592}])";
    CHECK(cost_of(charge(model, one_day(month), {machine.text()}), "gpu.A40") == 26'041'667);
    machine.more = R"(,"gpus":[{"model":"NVIDIA A40","mode":"PASSTHROUGH_GRAPHICS"}])";
    CHECK(cost_of(charge(model, one_day(month), {machine.text()}), "gpu.A40") == 156'250'000);
    machine.to = start + 100 * hour;
    CHECK(cost_of(charge(model, one_day(month), {machine.text()}), "gpu.A40") == 21'404'110);

    CostHost host(pf_module_entry_v0());
    host.model(model.text()).days(one_day(month)).shape(machine.text());
    bool is_told = false;
    for (const auto& line : host.rates().lines) {
        if (line.what.rfind("gpu.A40", 0) != 0) continue;
        CHECK(line.value == "0.214041096");
        is_told = true;
    }
    CHECK(is_told);
}

TEST_CASE("E15: storage bases") {
    const auto disk_cost = [](const char* basis, const char* price, std::int64_t gib_days) {
        ModelText model;
        model.rate_cards = R"([{"name":"disks","clusters":["*"],"currency":"EUR","vcpu_hour":"0",)"
                           R"("memory_gib_hour":"0","storage_gib_month":[{"tier":"ssd","price":")" +
                           std::string(price) + R"("}],"band_factors":[]}])";
        model.basis = basis;
        model.data_reduction = "1.6";
        MachineText machine = month_machine("vm-a", 4, 16, 500);
        machine.more = R"(,"used_bytes":)" + std::to_string(300 * gib) + R"(,"snapshot_bytes":)" +
                       std::to_string(50 * gib);
        const CostRun run = charge(model, one_day(month), {machine.text()});
        REQUIRE(run.records.size() == 1);
        // 730 hours are 30 days and 10 hours.
        CHECK(run.records[0].quantity_micros == gib_days);
        return run.total();
    };
    CHECK(disk_cost("provisioned", "0.1", 15'208'333'333) == 50'000'000);
    CHECK(disk_cost("used", "0.1", 9'125'000'000) == 30'000'000);
    CHECK(disk_cost("used_and_snapshots", "0.1", 10'645'833'333) == 35'000'000);
    CHECK(disk_cost("physical", "0.06", 13'307'291'667) == 26'250'000);
}

TEST_CASE("E19: months of 28 and 31 days") {
    ModelText model = card_model();
    MachineText machine = month_machine("vm-a", 4, 16, 200);
    machine.to = start + 28 * day;
    const CostRun february = charge(model, one_day(28 * day), {machine.text()});
    CHECK(cost_of(february, "vcpu") + cost_of(february, "memory") == 241'920'000);
    CHECK(cost_of(february, "storage.ssd") == 18'410'959);
    model.month = "calendar";
    CHECK(cost_of(charge(model, one_day(28 * day), {machine.text()}), "storage.ssd") == 20'000'000);
    machine.to = start + 31 * day;
    const CostRun march = charge(model, one_day(31 * day, "", 31 * day), {machine.text()});
    CHECK(cost_of(march, "vcpu") + cost_of(march, "memory") == 267'840'000);
}
