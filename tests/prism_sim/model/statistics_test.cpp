// The generator of statistics: figures that follow from seed, thing, metric and time alone.

#include "tests/prism_sim/model/statistics.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/prism_sim/model/vm_facts.hpp"

using namespace pf::sim;

namespace {

constexpr std::uint64_t kDay = 86'400, kHour = 3'600;
constexpr std::uint64_t kNow = 1'795'435'200;  // 2026-11-23T12:00:00Z, a Monday
constexpr std::uint64_t kToday = kNow / kDay * kDay;

std::uint64_t slot_at(std::uint64_t time_s) { return time_s / kSlotSeconds; }

}  // namespace

TEST_CASE("a load is between nothing and full, and sums are those of its slots") {
    for (std::uint64_t thing = 0; thing < 40; ++thing) {
        const LoadCurve curve(7, thing, 1);
        const SlotRange range{slot_at(kToday) - 777 + thing, slot_at(kToday) + 1'234};
        LoadTotals slow;
        for (std::uint64_t slot = range.first; slot < range.end; ++slot) {
            const std::int64_t load = curve.at(slot);
            REQUIRE(load >= 0);
            REQUIRE(load <= kFullLoad);
            slow.add(load);
        }
        const LoadTotals fast = curve.over(range);
        CHECK(fast.count == slow.count);
        CHECK(fast.sum == slow.sum);
        CHECK(fast.min == slow.min);
        CHECK(fast.max == slow.max);
        CHECK(fast.last == slow.last);
    }
}

TEST_CASE("days have a peak, and weekends are quieter") {
    for (std::uint64_t thing = 0; thing < 20; ++thing) {
        const LoadCurve curve(7, thing, 1);
        const auto average = [&curve](std::uint64_t from_s, std::uint64_t to_s) {
            const LoadTotals totals = curve.over({slot_at(from_s), slot_at(to_s)});
            return totals.sum / static_cast<std::int64_t>(totals.count);
        };
        const std::uint64_t friday = kToday - 3 * kDay, sunday = kToday - 1 * kDay;
        CHECK(average(friday + 8 * kHour, friday + 14 * kHour) >
              average(friday, friday + 2 * kHour));
        CHECK(average(friday, friday + kDay) > average(sunday, sunday + kDay));
    }
}

TEST_CASE("samples are on one grid, as far as they are measured and kept") {
    const StatisticsReadings readings;
    const auto sampled = [&](std::uint64_t start, std::uint64_t end, std::uint32_t step) {
        return sample_slots({start, end, step, StatType::avg}, readings, kNow, 100'000);
    };
    const auto hour = sampled(kNow - kHour, kNow, 300);
    REQUIRE(hour.size() == 11);
    CHECK(hour.front().shown_s == kNow - 600);  // the newest minutes are missing
    CHECK(hour.back().shown_s == kNow - kHour);
    for (const SampleSlot& slot : hour) CHECK(slot.to_s - slot.from_s == 300);

    CHECK(sampled(kNow, kNow + kHour, 30).empty());
    CHECK(sampled(kNow - 100 * kDay, kNow - 95 * kDay, 30).empty());
    const auto old = sampled(kNow - 40 * kDay, kNow - 40 * kDay + 5 * kHour - 1, 300);
    REQUIRE(old.size() == 5);
    for (const SampleSlot& slot : old) CHECK(slot.to_s - slot.from_s == kHour);
    CHECK(sampled(kNow - kHour, kNow - kHour + 29, 30).size() == 1);
    CHECK(sampled(0, 1, 86'400).empty());
    const std::size_t everything = sampled(0, ~0ULL / 4, 30).size();
    CHECK((everything > 30 * 2'880 - 10 && everything < 100'000));
}

TEST_CASE("figures of any cut of time agree with the base samples") {
    const World world = build_world({.vms = 120, .clusters = 4, .esxi_vms = 8}, {});
    const Statistics statistics(world, {.now_s = kNow});
    const std::vector<Subject> subjects = {{Measured::vm, 3},          {Measured::vm, 50},
                                           {Measured::esxi_vm, 2},     {Measured::host, 1},
                                           {Measured::cluster, 0},     {Measured::container, 1},
                                           {Measured::volume_group, 6}};
    for (const Subject& subject : subjects) {
        const Meter meter = statistics.meter(subject);
        const std::uint64_t from = kToday - 2 * kDay, to = from + 2 * kHour;
        for (const Metric metric : {Metric::cpu_usage_ppm, Metric::memory_usage_ppm, Metric::iops,
                                    Metric::storage_usage_bytes, Metric::user_bytes}) {
            std::optional<std::int64_t> least, most;
            std::int64_t count = 0;
            for (std::uint64_t at = from; at < to; at += kSlotSeconds) {
                const Coverage coverage = meter.cover(at, at + kSlotSeconds);
                const auto value = meter.read(metric, coverage, StatType::last);
                if (!value) continue;
                ++count;
                CHECK(meter.read(metric, coverage, StatType::avg) == value);
                least = std::min(least.value_or(*value), *value);
                most = std::max(most.value_or(*value), *value);
            }
            const Coverage whole = meter.cover(from, to);
            CHECK(meter.read(metric, whole, StatType::min) == least);
            CHECK(meter.read(metric, whole, StatType::max) == most);
            if (least) CHECK(meter.read(metric, whole, StatType::count) == count);
            const auto average = meter.read(metric, whole, StatType::avg);
            if (average) CHECK((*least <= *average && *average <= *most));
        }
    }
}

TEST_CASE("a running VM has figures that fit its size, one that is off has none") {
    const World world = build_world({.vms = 300}, {});
    const Statistics statistics(world, {.now_s = kNow});
    std::map<bool, int> seen;
    VmFacts vm;
    for (std::uint32_t serial = 0; serial < 300; ++serial) {
        describe_vm(world, serial, vm);
        const Meter meter = statistics.meter({Measured::vm, serial});
        const Coverage now = meter.cover(kNow - 600, kNow - 300);
        const auto cpu = meter.read(Metric::cpu_usage_ppm, now, StatType::avg);
        const bool is_on = vm.place.power == PowerState::on;
        ++seen[is_on];
        REQUIRE(cpu.has_value() == is_on);
        if (!is_on) continue;
        CHECK((*cpu > 0 && *cpu <= 1'000'000));
        const auto memory = meter.read(Metric::memory_usage_bytes, now, StatType::max);
        CHECK((*memory > 0 && static_cast<std::uint64_t>(*memory) <= vm.memory_bytes));
    }
    CHECK(seen[true] > 100);
    CHECK(seen[false] > 20);
}

TEST_CASE("running time of base samples adds up to the exact seconds") {
    const World world = build_world({.vms = 100}, {});
    const Statistics statistics(world, {.now_s = kNow});
    for (std::uint32_t serial = 0; serial < 100; ++serial) {
        const Meter meter = statistics.meter({Measured::vm, serial});
        const std::uint64_t day = kToday - 4 * kDay;
        std::int64_t micros = 0;
        for (std::uint64_t at = day; at < day + kDay; at += 300)
            micros += meter.read(Metric::running_us, meter.cover(at, at + 300), StatType::sum)
                          .value_or(0);
        CHECK(micros / 1'000'000 ==
              static_cast<std::int64_t>(statistics.running_seconds(serial, day, day + kDay)));
    }
}
