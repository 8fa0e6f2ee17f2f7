// Who pays: chargeback keys, rules, shared pools, what is idle, licences, items, powered-off
// policies, bands, clusters and tiers.
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
    INFO(run.why);
    REQUIRE(run.status == PF_OK);
    return run;
}

ModelText card_model() {
    ModelText model;
    model.rate_cards = rate_card();
    return model;
}

std::string categories(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string text = R"(,"categories":[)";
    for (const auto& [key, value] : pairs)
        text += std::string(text.back() == '[' ? "" : ",") + R"({"key":")" + key +
                R"(","value":")" + value + R"("})";
    return text + "]";
}

std::int64_t paid_by(const CostRun& run, const std::string& key, const std::string& value) {
    std::int64_t total = 0;
    for (const auto& record : run.records)
        if (record.tags.contains(key) && record.tags.at(key) == value) total += record.cost_micros;
    return total;
}

bool has_note(const CostRun& run, const std::string& code, const std::string& id) {
    for (const auto& note : run.notes)
        if (note.code == code && note.id == id) return true;
    return false;
}

}  // namespace

TEST_CASE("a machine with several values of a key is split evenly, to the last millionth") {
    ModelText model = card_model();
    model.tags = R"(["CostCenter","Team"])";
    model.keys = R"(["CostCenter"])";
    MachineText machine;
    machine.vcpus = 1;
    machine.memory_gib = 0;
    machine.ssd_gib = 0;
    machine.hdd_gib = 0;
    machine.to = start + 20;  // 20 s x 0.05 / 3600 = 278 millionths
    machine.more = categories({{"CostCenter", "4712"},
                               {"CostCenter", "4711"},
                               {"CostCenter", "4713"},
                               {"Team", "b"},
                               {"Team", "a"}});
    CostRun run = charge(model, one_day(day), {machine.text()});
    REQUIRE(run.records.size() == 3);
    CHECK(paid_by(run, "CostCenter", "4711") == 93);
    CHECK(paid_by(run, "CostCenter", "4712") == 93);
    CHECK(paid_by(run, "CostCenter", "4713") == 92);
    CHECK(run.records[0].tags.at("Team") == "a,b");
    std::int64_t quantity = 0;
    for (const auto& record : run.records) quantity += record.quantity_micros;
    CHECK(quantity == 5556);

    model.several_values = "first";
    run = charge(model, one_day(day), {machine.text()});
    REQUIRE(run.records.size() == 1);
    CHECK(paid_by(run, "CostCenter", "4711") == 278);
}

TEST_CASE("what has no value of a key is in its own bucket, and an unknown key is told") {
    ModelText model = card_model();
    model.tags = R"(["Cost.Center"])";
    model.keys = R"(["Cost.Center"])";
    const CostRun run = charge(model, one_day(day), {MachineText{}.text()});
    CHECK(paid_by(run, "Cost_Center", "(none)") == 9'790'685);
    CHECK(has_note(run, "cost.category_unknown", "Cost.Center"));
    MachineText tagged;
    tagged.more = categories({{"Cost.Center", "1"}}) + R"(,"project":"web","owner":"jo")";
    const CostRun known = charge(model, one_day(day), {tagged.text()});
    CHECK(known.notes.empty());
    CHECK(known.records[0].project == "web");
    CHECK(known.records[0].owner == "jo");
}

TEST_CASE("a rule splits what has one value over others") {
    ModelText model = card_model();
    model.tags = R"(["CostCenter","Stage"])";
    model.keys = R"(["CostCenter","Stage"])";
    model.rules = R"([{"name":"r","key":"CostCenter","value":"shared",)"
                  R"("to":[{"value":"a","share":"0.6"},{"value":"b","share":"0.4"}]}])";
    MachineText machine;
    machine.more =
        categories({{"CostCenter", "shared"}, {"CostCenter", "a"}, {"Stage", "x"}, {"Stage", "y"}});
    const CostRun run = charge(model, one_day(day), {machine.text()});
    // Half is a's own, and of the other half 60 %.
    CHECK(run.total() == 9'790'685);
    CHECK(paid_by(run, "CostCenter", "a") + paid_by(run, "CostCenter", "b") == run.total());
    CHECK(std::abs(paid_by(run, "CostCenter", "a") - 7'832'548) <= 4);
    CHECK(std::abs(paid_by(run, "Stage", "x") - 4'895'343) <= 4);
    CHECK(run.records.size() == 4 * 4);
}

TEST_CASE("when the payer changes within a day each pays for its time") {
    ModelText model = card_model();
    MachineText before;
    before.to = start + 6 * hour;
    before.more = R"(,"project":"old")";
    MachineText after;
    after.from = before.to;
    after.more = R"(,"project":"new")";
    const CostRun run = charge(model, one_day(day), {before.text(), after.text()});
    std::int64_t old_project = 0;
    for (const auto& record : run.records)
        if (record.project == "old") old_project += record.cost_micros;
    CHECK(old_project == 2'447'671);
    CHECK(run.records.size() == 8);
}

TEST_CASE("a shared pool's machines are carried by the others") {
    ModelText model = card_model();
    model.pools =
        R"([{"name":"mgmt","clusters":["one"],"resources":["vm-b"],"categories":[{"key":"R","value":"m"}],)"
        R"("price":"73","period":"month","currency":"EUR","weight":"direct_cost"}])";
    MachineText a;
    MachineText b;
    b.id = "vm-b";
    MachineText c;
    c.id = "vm-c";
    c.vcpus = 8;
    MachineText d;
    d.id = "vm-d";
    d.more = categories({{"R", "m"}});
    const std::vector<std::string> shapes = {a.text(), b.text(), c.text(), d.text()};
    const std::int64_t pool = 2 * 9'790'685 + 2'400'000;  // 73 a month are 2.4 a day
    for (const char* weight : {"direct_cost", "even", "vcpus", "memory", "storage"}) {
        CAPTURE(weight);
        ModelText weighted = model;
        weighted.pools.replace(weighted.pools.find("direct_cost"), 11, weight);
        const CostRun run = charge(weighted, one_day(day), shapes);
        CHECK(cost_of(run, "shared.mgmt") == pool);
        CHECK(total_of(run, "vm-b") == 0);
        CHECK(run.total() == pool + 9'790'685 + 14'590'685);
        const std::int64_t own = cost_of(run, "shared.mgmt", "vm-a");
        const std::string word = weight;
        const std::int64_t due = word == "vcpus"         ? pool / 3
                                 : word == "direct_cost" ? pool * 9'790'685 / 24'381'370
                                                         : pool / 2;
        CHECK(std::abs(own - due) <= 1);
    }
    SECTION("nobody is left to carry it") {
        const CostRun run = charge(model, one_day(day), {b.text()});
        CHECK(total_of(run, "mgmt") == 9'790'685 + 2'400'000);
        CHECK(run.total() == total_of(run, "mgmt"));
        CHECK(has_note(run, "cost.pool_unpaid", "mgmt"));
    }
}

TEST_CASE("what is idle goes where the model says") {
    ModelText model;
    model.tco = TcoText{}.text();
    model.tags = R"(["Team"])";
    model.keys = R"(["Team"])";
    const auto run_with = [&model](const char* idle) {
        model.idle = idle;
        return charge(model, days(1), {MachineText{}.text()});
    };
    const CostRun separate = run_with(R"({"policy":"separate"})");
    const CostRun owned = run_with(R"({"policy":"owner","owner":"platform"})");
    const CostRun shared = run_with(R"({"policy":"share"})");
    const CostRun hidden = run_with(R"({"policy":"hide"})");
    const std::int64_t idle = cost_of(separate, "idle.vcpu") + cost_of(separate, "idle.memory") +
                              cost_of(separate, "idle.storage");
    CHECK(idle > 0);
    CHECK(total_of(separate, "c1") == idle);
    CHECK(paid_by(owned, "Team", "platform") == idle);
    CHECK(owned.records.back().owner == "platform");
    CHECK(total_of(shared, "vm-a") == separate.total());
    CHECK(hidden.total() == separate.total() - idle);
    CHECK(has_note(hidden, "cost.idle_hidden", "test"));
    CHECK(separate.records.back().usage_type == "idle.storage");
    CHECK(separate.records.back().usage_unit == "GiB-day");
    CHECK(separate.records.back().quantity_micros == (42'000 - 700) * 1'000'000LL);
}

TEST_CASE("an oversold cluster charges what it costs and no more, and says so") {
    ModelText model;
    model.tco = TcoText{}.text();
    MachineText a;
    a.vcpus = 400;
    MachineText b;
    b.id = "vm-b";
    b.vcpus = 224;
    CostHost host(pf_module_entry_v0());
    host.model(model.text()).days(days(1)).shape(a.text()).shape(b.text());
    const CostRun told = host.rates();
    const CostRun run = host.charge();
    CHECK(run.total() == section_sum(told, "pool"));
    CHECK(cost_of(run, "idle.vcpu") <= 2);
    CHECK(has_note(run, "cost.oversold", "one"));
    bool is_told = false;
    for (const auto& line : told.lines) {
        if (line.what != "vcpu oversold_ratio of cluster one") continue;
        CHECK(line.value == "2.000000000");
        is_told = true;
    }
    CHECK(is_told);
}

TEST_CASE("capacity is what hosts and clusters show where the model states none") {
    ModelText model;
    TcoText tco;
    tco.capacity = "";
    model.tco = tco.text();
    std::vector<std::string> shapes = {
        R"({"id":"c1","class":"cluster","name":"one","product":"NutanixCluster","region":"c1",)"
        R"("from":0,"to":9999999999,"basis":"assumed"})"};
    for (const char* id : {"h1", "h2", "h3", "h4"})
        shapes.push_back(
            std::string(R"({"id":")") + id +
            R"(","class":"host","cluster":"c1","from":0,"to":9999999999,"cores":32,)"
            R"("memory_bytes":549755813888,"raw_bytes":30064771072000,"basis":"assumed"})");
    shapes.push_back(MachineText{}.text());
    const CostRun seen = charge(model, days(1), shapes);
    CHECK(total_of(seen, "c1") > 0);
    CHECK(seen.records.back().product == "NutanixCluster");
    // Seen from six in the evening on, and for the first time two days later.
    for (const char* from : {"1769968800", "1770120000"}) {
        std::vector<std::string> late = shapes;
        for (std::string& shape : late)
            if (const auto at = shape.find(R"("from":0,)"); at != std::string::npos)
                shape.replace(at, 9, R"("from":)" + std::string(from) + ",");
        CHECK(total_of(charge(model, days(1), late), "vm-a") == total_of(seen, "vm-a"));
    }
    model.tco = TcoText{}.text();
    CHECK(total_of(charge(model, days(1), shapes), "vm-a") == total_of(seen, "vm-a"));
}

TEST_CASE("a powered-off machine pays what the model says") {
    ModelText model = card_model();
    MachineText machine;
    machine.is_on = false;
    const std::pair<const char*, std::int64_t> expected[] = {
        {"storage", 1'150'685}, {"memory", 4'990'685}, {"all", 9'790'685}};
    for (const auto& [rule, total] : expected) {
        model.powered_off = rule;
        CHECK(charge(model, one_day(day), {machine.text()}).total() == total);
    }
}

TEST_CASE("licences: by core with a minimum, by machine, by host shared by time") {
    ModelText model = card_model();
    const auto licence = [](const char* per, const char* minimum, const char* more) {
        return std::string(R"([{"name":"os","clusters":["*"],"currency":"EUR","per":")") + per +
               R"(","price":"3650","period":"year","minimum":")" + minimum +
               R"(","os":["windows*"],"categories":[],"resources":[],"charged":")" + more +
               R"("}])";
    };
    MachineText machine;
    machine.more = R"(,"os":"Windows Server 2022","cores":2,"host":"h1")";
    const auto cost = [&](const std::string& text, const std::vector<std::string>& shapes) {
        model.licences = text;
        return cost_of(charge(model, one_day(day), shapes), "licence.os");
    };
    // 3650 a year are 10 a day: a year has 8760 hours.
    CHECK(cost(licence("core", "8", "always"), {machine.text()}) == 80'000'000);
    CHECK(cost(licence("core", "0", "always"), {machine.text()}) == 20'000'000);
    CHECK(cost(licence("vcpu", "0", "always"), {machine.text()}) == 40'000'000);
    CHECK(cost(licence("vm", "0", "always"), {machine.text()}) == 10'000'000);
    MachineText off = machine;
    off.is_on = false;
    CHECK(cost(licence("vm", "0", "on"), {off.text()}) == 0);
    MachineText other = machine;
    other.id = "vm-b";
    other.to = start + 12 * hour;
    MachineText linux_machine = machine;
    linux_machine.id = "vm-c";
    linux_machine.more = R"(,"os":"Debian 12","host":"h1")";
    model.licences = licence("host", "0", "on");
    const CostRun run =
        charge(model, one_day(day), {machine.text(), other.text(), linux_machine.text()});
    CHECK(cost_of(run, "licence.os", "vm-a") == 6'666'667);
    CHECK(cost_of(run, "licence.os", "vm-b") == 3'333'333);
    CHECK(cost_of(run, "licence.os", "vm-c") == 0);
}

TEST_CASE("items: things by number and by GiB, snapshots") {
    ModelText model = card_model();
    const auto item = [](const char* name, const char* what, const char* per) {
        return std::string(R"({"name":")") + name + R"(","what":")" + what + R"(","per":")" + per +
               R"(","price":"7.3","period":"month","currency":"EUR","clusters":["*"],)"
               R"("categories":[],"resources":[],"charged":"always"})";
    };
    model.items = "[" + item("ip", "floating_ip", "item") + "," +
                  item("point", "recovery_point", "gib") + "," +
                  item("snapshot", "snapshot", "gib") + "]";
    const auto thing = [](const char* id, const char* what) {
        return std::string(R"({"id":")") + id + R"(","class":")" + what +
               R"(","product":"P","from":1769904000,"to":1769990400,"basis":"assumed",)"
               R"("used_bytes":3221225472})";
    };
    MachineText machine;
    machine.more = R"(,"snapshot_bytes":1073741824)";
    const CostRun run =
        charge(model, one_day(day),
               {thing("ip-1", "floating_ip"), thing("rp-1", "recovery_point"), machine.text()});
    // 7.3 a month are 0.24 a day.
    CHECK(cost_of(run, "item.ip", "ip-1") == 240'000);
    CHECK(cost_of(run, "item.point", "rp-1") == 720'000);
    CHECK(cost_of(run, "item.snapshot", "vm-a") == 240'000);
    CHECK(run.records[0].usage_unit == "item-day");
    CHECK(run.records[0].quantity_micros == 1'000'000);
}

TEST_CASE("time of use weighs the hours of vCPU and memory") {
    ModelText model = card_model();
    model.bands = R"(["night","peak"])";
    model.rate_cards =
        rate_card("EUR", R"([{"band":"night","factor":"0.5"},{"band":"peak","factor":"2"}])");
    const auto band = [](const char* name, std::int64_t from, std::int64_t to) {
        return std::string(R"({"band":")") + name + R"(","from":)" + std::to_string(start + from) +
               R"(,"to":)" + std::to_string(start + to) + "}";
    };
    const std::string bands =
        "[" + band("night", 0, 12 * hour) + "," + band("peak", 12 * hour, day) + "]";
    MachineText machine;
    machine.from = start + 6 * hour;
    machine.to = start + 18 * hour;
    const CostRun run = charge(model, one_day(day, bands), {machine.text()});
    CHECK(cost_of(run, "vcpu") == 3'000'000);  // 6 h x 0.5 + 6 h x 2 = 15 h at 4 x 0.05
    CHECK(cost_of(run, "memory") == 2'400'000);
    CHECK(run.records[0].quantity_micros == 48'000'000);
}

TEST_CASE("prices in another currency are converted by the day, an earlier rate is told") {
    ModelText model;
    model.fx = R"([{"currency":"USD","rates":[{"date":"2026-01-31","rate":"0.9"},)"
               R"({"date":"2026-02-02","rate":"0.8"},{"date":"2026-02-03","rate":"0.1"}]}])";
    model.rate_cards = rate_card("USD");
    MachineText machine;
    machine.to = start + 2 * day;
    const CostRun run = charge(model, days(2), {machine.text()});
    CHECK(run.records[0].cost_micros == 4'320'000);
    CHECK(run.records[4].cost_micros == 3'840'000);
    CHECK(has_note(run, "cost.fx_earlier", "USD"));
    CHECK(run.notes.size() == 1);
}

TEST_CASE(
    "the block that names a cluster is taken before the one for all, the later before the "
    "earlier") {
    ModelText model;
    const auto card = [](const char* name, const char* cluster, const char* price,
                         const char* since) {
        return std::string(R"({"name":")") + name + R"(","clusters":[")" + cluster +
               R"("],"currency":"EUR","vcpu_hour":")" + price +
               R"(","memory_gib_hour":"0","storage_gib_month":[],"band_factors":[])" +
               (*since == '\0' ? "" : std::string(R"(,"valid_from":")") + since + R"(")") + "}";
    };
    model.rate_cards = "[" + card("a", "*", "9", "2026-02-02") + "," + card("b", "C1", "1", "") +
                       "," + card("c", "one", "2", "2026-02-02") + "]";
    MachineText machine;
    machine.to = start + 2 * day;
    const CostRun run = charge(model, days(2), {machine.text()});
    REQUIRE(run.records.size() == 2);
    CHECK(run.records[0].cost_micros == 96'000'000);
    CHECK(run.records[1].cost_micros == 192'000'000);
}

TEST_CASE("an explanation has the inputs, the rate and the working") {
    CostHost host(pf_module_entry_v0());
    host.model(card_model().text()).days(one_day(day)).shape(MachineText{}.text());
    const CostRun told = host.explain("vm-a");
    REQUIRE(told.status == PF_OK);
    const auto line = [&told](const std::string& section, const std::string& what) {
        for (const auto& each : told.lines)
            if (each.section == section && each.what == what) return each;
        FAIL("no line " << section << " " << what);
        throw std::logic_error("not reached");
    };
    CHECK(line("input", "from 2026-02-01T00:00:00Z to 2026-02-02T00:00:00Z").formula ==
          "on, 4 vCPU, 16 GiB memory, 700 GiB disks");
    CHECK(line("rate", "vcpu from 2026-02-01 on").value == "0.050000000");
    CHECK(line("rate", "vcpu from 2026-02-01 on").unit == "EUR per vCPU-hour");
    CHECK(line("resource", "vcpu 2026-02-01").formula ==
          "96 vCPU-hour x 0.050000000 = 4.800000000");
    CHECK(line("resource", "vcpu 2026-02-01").amount_micros == 4'800'000);
    CHECK(section_sum(told, "resource") == 9'790'685);
}

TEST_CASE("texts that are too long for a record are cut at a character") {
    ModelText model = card_model();
    model.tags = R"(["Team"])";
    MachineText machine;
    std::string name;
    for (int i = 0; i < 200; ++i) name += "\xC3\xA9";  // two bytes each
    machine.more = categories({{"Team", name}}) + R"(,"project":")" + name + R"(")";
    const CostRun run = charge(model, one_day(day), {machine.text()});
    CHECK(run.records[0].project == name.substr(0, 254));
    CHECK(run.records[0].tags.at("Team") == name.substr(0, 254));
}
