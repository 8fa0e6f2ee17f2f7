// The ten properties that hold for any inputs, on generated ones. The seed of a failing case is
// told.
#include <catch2/catch.hpp>
#include <cstdlib>

#include <algorithm>
#include <map>
#include <random>

#include "test_inputs.hpp"

namespace {

using namespace cost_test;
using pf::testing::CostHost;
using pf::testing::CostRun;

constexpr int cases = 200;

// A repeatable source of whole numbers.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::int64_t roll(std::int64_t from, std::int64_t to) {
        return from +
               static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(to - from + 1));
    }
    bool flip() { return roll(0, 1) == 1; }
    std::string price(std::int64_t factor = 1) {
        const std::int64_t micros = roll(1, 999'999) * factor;
        std::string fraction = std::to_string(micros % 1'000'000);
        fraction.insert(0, 6 - fraction.size(), '0');
        return std::to_string(micros / 1'000'000) + "." + fraction;
    }

  private:
    std::mt19937_64 engine_;
};

struct Scene {
    ModelText model;
    std::string days;
    std::vector<MachineText> machines;
};

std::string card_of(Dice& dice, int factor) {
    std::string text = R"([{"name":"any","clusters":["*"],"currency":"EUR","vcpu_hour":")";
    text += dice.price(factor) + R"(","memory_gib_hour":")" + dice.price(factor);
    text += R"(","storage_gib_month":[{"tier":"hdd","price":")" + dice.price(factor);
    text += R"("},{"tier":"ssd","price":")" + dice.price(factor) + R"("}],"band_factors":[]}])";
    return text;
}

std::string tco_of(Dice& dice, int factor, int scale) {
    TcoText tco;
    tco.capacity = R"("nodes":)" + std::to_string(dice.roll(2, 5)) + R"(,"cores_per_node":")" +
                   std::to_string(dice.roll(7, 40) * scale) + R"(","memory_gib_per_node":")" +
                   std::to_string(dice.roll(64, 600) * scale) + R"(","raw_gib":")" +
                   std::to_string(dice.roll(500, 90'000) * scale) + R"(",)";
    tco.target = dice.flip() ? "1" : "0.75";
    tco.lines = R"([{"name":"all","form":"amount","price":")" +
                std::to_string(dice.roll(1, 90'000) * factor) +
                R"(","period":"month","per":"cluster","count":"1","minimum":"0",)"
                R"("split":{"cpu":"0.45","memory":"0.35","storage":"0.2"}},)"
                R"({"name":"rest","form":"amount","price":")" +
                dice.price(factor) +
                R"(","period":"year","per":"vm","minimum":"0",)"
                R"("split":{"cpu":"0.333333333","memory":"0.333333333","storage":"0.333333334"}}])";
    return tco.text();
}

void add_machines(Dice& dice, int days, int scale, Scene& scene) {
    const auto count = dice.roll(1, 6);
    for (std::int64_t i = 0; i < count; ++i) {
        MachineText machine;
        machine.id = "vm-" + std::to_string(i);
        machine.from = start + dice.roll(0, days * day / 2);
        const std::int64_t last = start + days * day;
        const auto pieces = dice.roll(1, 3);
        for (std::int64_t piece = 0; piece < pieces && machine.from < last; ++piece) {
            machine.to = piece + 1 == pieces ? last : dice.roll(machine.from + 1, last);
            machine.is_on = dice.roll(0, 3) > 0;
            machine.vcpus = static_cast<int>(dice.roll(1, 12)) * scale;
            machine.memory_gib = dice.roll(1, 64) * scale;
            machine.ssd_gib = dice.roll(0, 900) * scale;
            machine.hdd_gib = dice.roll(0, 900) * scale;
            const auto values = dice.roll(0, 3);
            machine.more = R"(,"categories":[)";
            for (std::int64_t v = 0; v < values; ++v)
                machine.more += std::string(v == 0 ? "" : ",") + R"({"key":"Team","value":"t)" +
                                std::to_string(dice.roll(0, 5)) + R"("})";
            machine.more += "]";
            scene.machines.push_back(machine);
            machine.from = machine.to;
        }
    }
}

// The same seed gives the same scene, with all prices times `factor`, and all sizes times `scale`.
Scene scene_of(std::uint64_t seed, bool is_tco, int factor = 1, int scale = 1) {
    Dice dice(seed);
    Scene scene;
    const int days = static_cast<int>(dice.roll(1, 3));
    scene.days = cost_test::days(days);
    (is_tco ? scene.model.tco : scene.model.rate_cards) =
        is_tco ? tco_of(dice, factor, scale) : card_of(dice, factor);
    scene.model.month = dice.flip() ? "730h" : "calendar";
    const char* const policies[] = {"separate", "share", "separate", "owner"};
    const char* const policy = policies[dice.roll(0, 3)];
    scene.model.idle = R"({"policy":")" + std::string(policy) + R"(","owner":"platform"})";
    scene.model.tags = R"(["Team"])";
    if (dice.flip()) scene.model.keys = R"(["Team"])";
    if (dice.flip()) {
        scene.model.pools =
            R"([{"name":"base","clusters":["*"],"resources":["vm-0"],"categories":[],"price":"0",)"
            R"("period":"month","currency":"EUR","weight":"direct_cost"}])";
    }
    add_machines(dice, days, scale, scene);
    return scene;
}

CostRun charge(const Scene& scene) {
    CostHost host(pf_module_entry_v0());
    host.model(scene.model.text()).days(scene.days);
    for (const MachineText& machine : scene.machines) host.shape(machine.text());
    CostRun run = host.charge();
    INFO(run.why);
    REQUIRE(run.status == PF_OK);
    return run;
}

CostRun rates(const Scene& scene) {
    CostHost host(pf_module_entry_v0());
    host.model(scene.model.text()).days(scene.days);
    for (const MachineText& machine : scene.machines) host.shape(machine.text());
    return host.rates();
}

using Key = std::tuple<std::string, std::string, std::string>;
std::map<Key, std::int64_t> by_usage(const CostRun& run) {
    std::map<Key, std::int64_t> result;
    for (const auto& record : run.records)
        result[{record.resource, record.billed_date, record.usage_type}] += record.cost_micros;
    return result;
}

// Two amounts of the same thing, each rounded once more than the other. What is shared by direct
// cost goes by rounded costs, so a millionth of it may lie between.
bool is_near(std::int64_t a, std::int64_t b, std::int64_t by) {
    by += std::max(a, b) / 1'000'000;
    return a - b <= by && b - a <= by;
}

std::uint64_t base_seed() {
    // PF_SEED=N repeats a case that failed as the first one.
    static const std::uint64_t seed = [] {
        const char* const wish = std::getenv("PF_SEED");
        return wish != nullptr ? std::strtoull(wish, nullptr, 10) : std::random_device{}();
    }();
    return seed;
}

template <class Check>
void for_each_case(const Check& check) {
    for (int i = 0; i < cases; ++i) {
        const std::uint64_t seed = base_seed() + static_cast<std::uint64_t>(i);
        INFO("seed " << seed);
        check(seed, i % 2 == 1);
    }
}

}  // namespace

TEST_CASE("1: records, idle among them, add up to the cost lines exactly") {
    for_each_case([](std::uint64_t seed, bool) {
        const Scene scene = scene_of(seed, true);
        const CostRun run = charge(scene);
        const CostRun told = rates(scene);
        CHECK(run.total() == section_sum(told, "pool"));
        CHECK(section_sum(told, "pool") == section_sum(told, "resource") +
                                               section_sum(told, "idle") +
                                               section_sum(told, "rounding"));
    });
}

TEST_CASE("2: splitting a stretch of time changes nothing") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        Scene scene = scene_of(seed, is_tco);
        const CostRun whole = charge(scene);
        Dice dice(seed + 1);
        const auto at = static_cast<std::size_t>(
            dice.roll(0, static_cast<std::int64_t>(scene.machines.size()) - 1));
        MachineText later = scene.machines[at];
        if (later.to - later.from < 2) return;
        later.from = dice.roll(later.from + 1, later.to - 1);
        scene.machines[at].to = later.from;
        scene.machines.insert(scene.machines.begin() + static_cast<std::ptrdiff_t>(at) + 1, later);
        CHECK(charge(scene).records == whole.records);
    });
}

TEST_CASE(
    "3: twice the price is twice the cost; a larger cluster with larger machines costs as much") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        const auto once = by_usage(charge(scene_of(seed, is_tco)));
        for (const auto& [key, twice] : by_usage(charge(scene_of(seed, is_tco, 2)))) {
            const auto found = once.find(key);
            INFO(std::get<0>(key) << " " << std::get<1>(key) << " " << std::get<2>(key) << " "
                                  << twice << " " << (found == once.end() ? -1 : found->second));
            CHECK(is_near(twice, found == once.end() ? 0 : 2 * found->second, 60));
        }
    });
    for_each_case([](std::uint64_t seed, bool) {
        // Nodes lose a fixed part to the controller VM, so only what is sold of storage scales.
        Scene small = scene_of(seed, true);
        Scene large = scene_of(seed, true, 1, 2);
        for (Scene* scene : {&small, &large}) {
            std::string& text = scene->model.tco;
            for (const char* reserved : {R"("cvm_vcpus":"6")", R"("cvm_memory_gib":"32")",
                                         R"("hypervisor_memory_gib":"8")"}) {
                const std::string old = reserved;
                const std::string none = old.substr(0, old.find(':')) + R"(:"0")";
                text.replace(text.find(old), old.size(), none);
            }
        }
        const auto expected = by_usage(charge(small));
        for (const auto& [key, micros] : by_usage(charge(large))) {
            const auto found = expected.find(key);
            CHECK(is_near(micros, found == expected.end() ? 0 : found->second, 60));
        }
    });
}

TEST_CASE("4 and 5: the same again, whatever else was charged before") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        const Scene scene = scene_of(seed, is_tco);
        const CostRun first = charge(scene);
        CHECK(charge(scene).records == first.records);
    });
}

TEST_CASE("4: what one machine costs by a rate card does not depend on the others") {
    for_each_case([](std::uint64_t seed, bool) {
        Scene scene = scene_of(seed, false);
        scene.model.pools = "[]";
        const CostRun all = charge(scene);
        Scene alone = scene;
        alone.machines.clear();
        for (const MachineText& machine : scene.machines)
            if (machine.id == "vm-0") alone.machines.push_back(machine);
        CHECK(charge(alone).total() == total_of(all, "vm-0"));
    });
}

TEST_CASE("5: a late event changes only its own day") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        Scene scene = scene_of(seed, is_tco);
        scene.days = days(3);
        const CostRun before = charge(scene);
        MachineText late;
        late.id = "vm-9";
        late.from = start + day + 5;
        late.to = start + day + 5000;
        scene.machines.push_back(late);
        const CostRun after = charge(scene);
        for (const char* date : {"2026-02-01", "2026-02-03"}) {
            const auto of_day = [date](const CostRun& run) {
                auto records = run.records;
                std::erase_if(records, [date](const auto& r) { return r.billed_date != date; });
                return records;
            };
            CHECK(of_day(before) == of_day(after));
        }
    });
}

TEST_CASE("6: no record is negative, and each has a quantity that fits") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        for (const auto& record : charge(scene_of(seed, is_tco)).records) {
            CHECK(record.cost_micros >= 0);
            CHECK(record.quantity_micros >= 0);
        }
    });
}

TEST_CASE("7: a machine that is off never costs more than the same one on") {
    for_each_case([](std::uint64_t seed, bool) {
        Scene scene = scene_of(seed, false);
        scene.model.pools = "[]";
        const char* const rules[] = {"storage", "memory", "all"};
        scene.model.powered_off = rules[seed % 3];
        for (MachineText& machine : scene.machines) machine.is_on = false;
        const std::int64_t off = charge(scene).total();
        for (MachineText& machine : scene.machines) machine.is_on = true;
        const std::int64_t on = charge(scene).total();
        CHECK(off <= on);
        CHECK((seed % 3 != 2 || off == on));
    });
}

TEST_CASE("9: a day of 23 and one of 25 hours are two days") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        Scene scene = scene_of(seed, is_tco);
        const MachineText steady = [&scene] {
            MachineText machine = scene.machines[0];
            machine.id = "vm-1";
            machine.from = start;
            machine.to = start + 2 * day;
            machine.is_on = true;
            return machine;
        }();
        scene.machines = {steady};
        const auto total = [&scene](std::int64_t border) {
            scene.days =
                R"({"zone":"z","days":[{"date":"2026-02-01","from":)" + std::to_string(start) +
                R"(,"to":)" + std::to_string(border) + R"(,"month_from":)" + std::to_string(start) +
                R"(,"month_seconds":2419200},{"date":"2026-02-02","from":)" +
                std::to_string(border) + R"(,"to":)" + std::to_string(start + 2 * day) +
                R"(,"month_from":)" + std::to_string(start) + R"(,"month_seconds":2419200}]})";
            return charge(scene).total();
        };
        // Each day is rounded to a millionth; lines by cluster are cut from the month's total.
        CHECK(is_near(total(start + 23 * hour), total(start + day), 4));
        CHECK(is_near(total(start + 25 * hour), total(start + day), 4));
    });
}

TEST_CASE("10: what the values of a category pay adds up to the whole") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        Scene scene = scene_of(seed, is_tco);
        scene.model.keys = "[]";
        const CostRun whole = charge(scene);
        scene.model.keys = R"(["Team"])";
        const CostRun grouped = charge(scene);
        CHECK(by_usage(grouped) == by_usage(whole));
        CHECK(grouped.total() == whole.total());
    });
}

TEST_CASE("the lines of an explanation add up to the resource's records") {
    for_each_case([](std::uint64_t seed, bool is_tco) {
        const Scene scene = scene_of(seed, is_tco);
        const CostRun run = charge(scene);
        CostHost host(pf_module_entry_v0());
        host.model(scene.model.text()).days(scene.days);
        for (const MachineText& machine : scene.machines) host.shape(machine.text());
        for (const std::string id : {"vm-0", "vm-1", "c1", "base"}) {
            CAPTURE(id);
            const CostRun told = host.explain(id);
            if (told.status != PF_OK) {
                CHECK(told.status == PF_NOT_FOUND);
                CHECK(total_of(run, id) == 0);
                continue;
            }
            CHECK(section_sum(told, "resource") == total_of(run, id));
        }
    });
}
