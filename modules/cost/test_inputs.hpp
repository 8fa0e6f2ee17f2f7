// Models, days and shapes for the tests of this module, as the host would hand them over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <prismforet/module.hpp>
#include <prismforet/testing/cost_host.hpp>

namespace cost_test {

inline constexpr std::int64_t gib = 1LL << 30;
inline constexpr std::int64_t hour = 3600;
inline constexpr std::int64_t day = 24 * hour;
inline constexpr std::int64_t start = 1769904000;  // 2026-02-01T00:00:00Z

// A model, section by section, each a piece of JSON.
struct ModelText {
    std::string currency = "EUR";
    std::string fx = "[]";
    std::string month = "730h";
    std::string bands = "[]";
    std::string basis = "provisioned";
    std::string replication_factor = "2";
    std::string data_reduction = "1";
    std::string tiers = R"([{"tier":"ssd","containers":["fast"],"flash":true},
                            {"tier":"hdd","containers":["slow"],"flash":false}])";
    std::string rate_cards = "[]";
    std::string tco = "[]";
    std::string gpus = "[]";
    std::string licences = "[]";
    std::string items = "[]";
    std::string tags = "[]";
    std::string keys = "[]";
    std::string several_values = "even";
    std::string rules = "[]";
    std::string powered_off = "storage";
    std::string idle = R"({"policy":"separate"})";
    std::string pools = "[]";

    std::string text() const {
        return R"({"schema":"prismforet.cost/1","name":"test","places":2,"currency":")" + currency +
               R"(","fx":)" + fx + R"(,"time":{"zone":"UTC","month":")" + month + R"(","bands":)" +
               bands + R"(},"storage":{"basis":")" + basis + R"(","replication_factor":")" +
               replication_factor + R"(","data_reduction":")" + data_reduction +
               R"(","default_tier":"hdd","tiers":)" + tiers + R"(},"rate_cards":)" + rate_cards +
               R"(,"tco":)" + tco + R"(,"gpus":)" + gpus + R"(,"licences":)" + licences +
               R"(,"items":)" + items + R"(,"allocation":{"tags":)" + tags + R"(,"keys":)" + keys +
               R"x(,"untagged":"(none)","several_values":")x" + several_values + R"(","rules":)" +
               rules + R"(,"powered_off":")" + powered_off + R"(","idle":)" + idle +
               R"(,"pools":)" + pools + "}}";
    }
};

// The rate card of the examples.
inline std::string rate_card(const std::string& currency = "EUR",
                             const std::string& band_factors = "[]") {
    return R"([{"name":"standard","clusters":["*"],"currency":")" + currency +
           R"(","vcpu_hour":"0.05","memory_gib_hour":"0.01","storage_gib_month":[)"
           R"({"tier":"hdd","price":"0.03"},{"tier":"ssd","price":"0.1"}],"band_factors":)" +
           band_factors + "}]";
}

// What may differ in the examples' block of total cost.
struct TcoText {
    std::string clusters = R"(["*"])";
    std::string capacity =
        R"("nodes":4,"cores_per_node":"32","memory_gib_per_node":"512","raw_gib":"112000",)";
    std::string overcommit = "4";
    std::string target = "1";
    std::string reserve = "1";
    std::string kwh = R"([{"band":"","price":"0.15"}])";
    std::string lines = {};

    std::string text() const {
        return R"([{"name":"berlin","clusters":)" + clusters + R"(,"currency":"EUR","capacity":{)" +
               capacity + R"("host_reserve":)" + reserve +
               R"(,"cvm_vcpus":"6","cvm_memory_gib":"32","hypervisor_memory_gib":"8",)"
               R"("cpu_overcommit":")" +
               overcommit +
               R"(","memory_overcommit":"1","replication_factor":"2","rebuild_reserve":true,)"
               R"("fill_limit":"1","target_utilisation":")" +
               target + R"("},"lines":)" + (lines.empty() ? example_lines() : lines) + "}]";
    }

    std::string example_lines() const {
        const std::string hardware = R"("split":{"cpu":"0.45","memory":"0.35","storage":"0.2"}})";
        const std::string rest = R"("split":{"cpu":"0.4","memory":"0.3","storage":"0.3"}})";
        return R"([{"name":"nodes","form":"asset","price":"32000","per":"node","count":"4",)"
               R"("life_months":60,"salvage":"0","method":"straight_line",)" +
               hardware +
               R"(,{"name":"support","form":"ratio","ratio_year":"0.1","of":["nodes"],)" +
               hardware +
               R"(,{"name":"NCI","form":"amount","price":"450","period":"year","per":"core",)"
               R"("minimum":"0","split":{"cpu":"0.5","memory":"0.3","storage":"0.2"}})"
               R"(,{"name":"rack","form":"amount","price":"25","period":"month","per":"cluster",)"
               R"("count":"8","minimum":"0",)" +
               rest +
               R"(,{"name":"power","form":"energy","source":"stated","watts":"650","pue":"1.5",)"
               R"("kwh":)" +
               kwh + R"(,"split":{"cpu":"0.7","memory":"0.15","storage":"0.15"}})" +
               R"(,{"name":"switches","form":"asset","price":"6000","per":"cluster","count":"1",)"
               R"("life_months":60,"salvage":"0","method":"straight_line",)" +
               rest +
               R"(,{"name":"people","form":"amount","price":"9000","period":"month",)"
               R"("per":"cluster","count":"0.25","minimum":"0",)" +
               rest + "]";
    }
};

// One stretch of seconds as the only day.
inline std::string one_day(std::int64_t seconds, const std::string& bands = "",
                           std::int64_t month_seconds = 28 * day) {
    return R"({"zone":"UTC","days":[{"date":"2026-02-01","from":)" + std::to_string(start) +
           R"(,"to":)" + std::to_string(start + seconds) + R"(,"month_from":)" +
           std::to_string(start) + R"(,"month_seconds":)" + std::to_string(month_seconds) +
           (bands.empty() ? "" : R"(,"bands":)" + bands) + "}]}";
}

// The first `count` days of February 2026.
inline std::string days(int count) {
    std::string text = R"({"zone":"UTC","days":[)";
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(i + 1);
        text += std::string(i == 0 ? "" : ",") + R"({"date":"2026-02-)" +
                (number.size() < 2 ? "0" : "") + number + R"(","from":)" +
                std::to_string(start + i * day) + R"(,"to":)" +
                std::to_string(start + (i + 1) * day) + R"(,"month_from":)" +
                std::to_string(start) + R"(,"month_seconds":)" + std::to_string(28 * day) + "}";
    }
    return text + "]}";
}

// A machine in a stretch of time; VM-A of the examples unless said otherwise.
struct MachineText {
    std::string id = "vm-a";
    std::int64_t from = start;
    std::int64_t to = start + day;
    bool is_on = true;
    int vcpus = 4;
    std::int64_t memory_gib = 16;
    std::int64_t ssd_gib = 200;
    std::int64_t hdd_gib = 500;
    std::string cluster = "c1";
    std::string more = {};  // further members, each with a comma before it

    std::string text() const {
        return R"({"id":")" + id + R"(","kind":"vm","class":"machine","name":"name of )" + id +
               R"(","product":"AHV","region":"r1","basis":"measured","cluster":")" + cluster +
               R"(","cluster_name":"one","from":)" + std::to_string(from) + R"(,"to":)" +
               std::to_string(to) + R"(,"on":)" + (is_on ? "true" : "false") + R"(,"vcpus":)" +
               std::to_string(vcpus) + R"(,"memory_bytes":)" + std::to_string(memory_gib * gib) +
               R"(,"disks":[{"bytes":)" + std::to_string(ssd_gib * gib) +
               R"(,"container":"k1","container_name":"fast"},{"bytes":)" +
               std::to_string(hdd_gib * gib) + R"(,"container":"k2","container_name":"slow"}])" +
               more + "}";
    }
};

// Millionths of a usage type, over all records.
inline std::int64_t cost_of(const pf::testing::CostRun& run, const std::string& usage_type,
                            const std::string& resource = "") {
    std::int64_t total = 0;
    for (const auto& record : run.records)
        if (record.usage_type == usage_type && (resource.empty() || record.resource == resource))
            total += record.cost_micros;
    return total;
}

// Millionths of a resource.
inline std::int64_t total_of(const pf::testing::CostRun& run, const std::string& resource) {
    std::int64_t total = 0;
    for (const auto& record : run.records)
        if (record.resource == resource) total += record.cost_micros;
    return total;
}

// The amounts of a section's lines that add up.
inline std::int64_t section_sum(const pf::testing::CostRun& run, const std::string& section) {
    std::int64_t total = 0;
    for (const auto& line : run.lines)
        if (line.section == section && (line.flags & PF_COST_LINE_ADDS) != 0)
            total += line.amount_micros;
    return total;
}

}  // namespace cost_test
