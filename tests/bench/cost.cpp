// prismforet-bench-cost: records per second and memory of the cost module alone, by Google
// Benchmark. Shapes are parsed by the host's reader one at a time, as the ledger gives them;
// records go nowhere.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "host/services/document.hpp"
#include "modules/cost/charge_writer.hpp"
#include "modules/cost/run.hpp"

namespace {

constexpr long long start = 1769904000;  // 2026-02-01T00:00:00Z
constexpr long long day_length = 86400;
constexpr int days = 31;

std::string model_text(bool is_tco) {
    const std::string card =
        R"([{"name":"card","clusters":["*"],"currency":"EUR","vcpu_hour":"0.05",)"
        R"("memory_gib_hour":"0.01","storage_gib_month":[{"tier":"ssd","price":"0.1"}],)"
        R"("band_factors":[]}])";
    const std::string tco =
        R"([{"name":"tco","clusters":["*"],"currency":"EUR","capacity":{"nodes":40,)"
        R"("cores_per_node":"64","memory_gib_per_node":"2048","raw_gib":"9000000","host_reserve":1,)"
        R"("cvm_vcpus":"6","cvm_memory_gib":"32","hypervisor_memory_gib":"8","cpu_overcommit":"4",)"
        R"("memory_overcommit":"1","replication_factor":"2","rebuild_reserve":true,)"
        R"("fill_limit":"0.9","target_utilisation":"1"},"lines":[{"name":"all","form":"amount",)"
        R"("price":"98765.43","period":"month","per":"cluster","count":"1","minimum":"0",)"
        R"("split":{"cpu":"0.45","memory":"0.35","storage":"0.2"}}]}])";
    return R"({"name":"bench","currency":"EUR","fx":[],"time":{"month":"730h","bands":[]},)"
           R"("storage":{"basis":"provisioned","replication_factor":"2","data_reduction":"1",)"
           R"("default_tier":"ssd","tiers":[{"tier":"ssd","containers":[]}]},"rate_cards":)" +
           (is_tco ? std::string("[]") : card) + R"(,"tco":)" + (is_tco ? tco : "[]") +
           R"x(,"gpus":[],"licences":[],"items":[],"allocation":{"tags":["CostCenter"],)x"
           R"x("keys":["CostCenter"],"untagged":"(none)","several_values":"even","rules":[],)x"
           R"x("powered_off":"storage","idle":{"policy":"separate"},"pools":[]}})x";
}

std::string days_text() {
    std::string text = R"({"zone":"UTC","days":[)";
    for (int i = 0; i < days; ++i) {
        char line[256];
        std::snprintf(line, sizeof line,
                      R"(%s{"date":"2026-01-%02d","from":%lld,"to":%lld,"month_from":%lld,)"
                      R"("month_seconds":2678400})",
                      i == 0 ? "" : ",", i + 1, start + i * day_length,
                      start + (i + 1) * day_length, start);
        text += line;
    }
    return text + "]}";
}

// Machines one after the other; fifty clusters.
class Machines final : public cost::ShapeSource {
  public:
    explicit Machines(long long count) : count_(count) {}

    void rewind() override { at_ = 0; }

    pf::Value next() override {
        if (at_ == count_) return {};
        char text[1024 + 64] = {};
        const int size = std::snprintf(
            text, 1024,
            R"({"id":"%08lld-0000-4000-8000-000000000000","kind":"vm","class":"machine",)"
            R"("name":"machine-%lld","product":"AHV","region":"c%lld","cluster":"c%lld",)"
            R"("cluster_name":"cluster-%lld","project":"web","owner":"jo",)"
            R"("categories":[{"key":"CostCenter","value":"%lld"}],"from":%lld,"to":%lld,)"
            R"("basis":"measured","on":true,"vcpus":%lld,"memory_bytes":%lld,)"
            R"("disks":[{"bytes":%lld,"container":"k1","container_name":"fast"}]})",
            at_, at_, at_ % 50, at_ % 50, at_ % 50, at_ % 7, start, start + days * day_length,
            1 + at_ % 8, (1 + at_ % 32) << 30, (10 + at_ % 300) << 30);
        ++at_;
        (void)document_.parse_padded({text, static_cast<std::size_t>(size)});
        return {&pf::host::services::reader(), document_.root()};
    }

  private:
    pf::host::services::Document document_;
    long long count_;
    long long at_ = 0;
};

class Counter final : public cost::Output {
  public:
    void record(const cost::Record& record) override {
        ++records;
        micros += record.cost_micros;
    }
    void line(const cost::Explanation&) override {}
    void note(std::string_view, std::string_view, std::string_view) override {}

    long long records = 0;
    long long micros = 0;
};

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Arguments: machines, and 1 for total cost.
void charge(benchmark::State& state) {
    pf::host::services::Document model;
    pf::host::services::Document day_list;
    (void)model.parse(model_text(state.range(1) == 1));
    (void)day_list.parse(days_text());
    const pf_reader* const reader = &pf::host::services::reader();
    Counter counter;
    for (auto _ : state) {
        Machines machines(state.range(0));
        cost::Run run({reader, model.root()}, {reader, day_list.root()}, machines, counter);
        cost::ChargeWriter writer(run, counter);
        run.charge(writer);
    }
    benchmark::DoNotOptimize(counter.micros);
    state.SetItemsProcessed(counter.records);
    state.counters["peak_MiB"] = peak_mib();
}

}  // namespace

BENCHMARK(charge)
    ->ArgNames({"machines", "tco"})
    ->Args({1'000, 0})
    ->Args({100'000, 0})
    ->Args({1'000, 1})
    ->Args({100'000, 1})
    ->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
