#include "tests/prism_sim/v4/stats_json.hpp"

#include "tests/prism_sim/model/time_text.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSecondUs = 1'000'000;

// A sample of a VM, if it has one at that time.
void write_row(ObjectWriter& out, const Statistics& statistics, const Meter& meter,
               const StatsEntry& entry, const SampleSlot& slot) {
    const Coverage coverage = meter.cover(slot.from_s, slot.to_s);
    if (coverage.is_empty() && statistics.readings().off_samples == OffSamples::missing) return;
    const bool is_ahv = entry.place.kind == Measured::vm;
    is_ahv ? out.open_item("vmm.v4.ahv.stats.VmStatsTuple")
           : out.open_item("vmm.v4.esxi.stats.VmStatsTuple");
    if (entry.selection.has_time)
        out.plain("timestamp", TimeText(slot.shown_s * kSecondUs).seconds());
    if (entry.selection.has_cluster) out.uuid("cluster", entry.cluster);
    if (entry.selection.has_hypervisor) out.plain("hypervisorType", is_ahv ? "AHV" : "ESX");
    for (const StatsField* field : entry.selection.fields)
        if (const auto value =
                statistics.shown(entry.subject, meter, field->metric, slot, coverage, entry.type))
            out.number_by_name(field->name, *value);
    out.close();
}

void open_object(ObjectWriter& out, std::string_view type) {
    out.open_item();
    out.stamp(type);
}

void write_pair(ObjectWriter& out, const StatsPlace& place, const SampleSlot& slot,
                std::int64_t value) {
    out.open_item();
    place.is_common_pair ? out.stamp_common(place.pair_type) : out.stamp(place.pair_type);
    out.plain("timestamp", TimeText(slot.shown_s * kSecondUs).seconds());
    out.number("value", value);
    out.close();
}

}  // namespace

void write_stats_rows(ObjectWriter& out, const Statistics& statistics, const StatsEntry& entry) {
    open_object(out, entry.place.names.item_type);
    if (entry.selection.has_id) out.uuid("extId", entry.id);
    out.open_list("stats");
    if (entry.is_measured) {
        const Meter meter = statistics.meter(entry.subject);
        for (const SampleSlot& slot : statistics.spoiled(entry.subject, entry.slots))
            write_row(out, statistics, meter, entry, slot);
    }
    out.close_list();
    out.close();
}

void write_stats_columns(ObjectWriter& out, const Statistics& statistics, const StatsEntry& entry) {
    const Meter meter = statistics.meter(entry.subject);
    const auto slots = statistics.spoiled(entry.subject, entry.slots);
    open_object(out, entry.place.names.item_type);
    if (entry.selection.has_id) {
        const std::string id = to_text(entry.id);
        out.text_by_name(entry.place.id_field, id);
    }
    for (const StatsField* field : entry.selection.fields) {
        out.open_list_by_name(field->name);
        for (const SampleSlot& slot : slots) {
            const Coverage coverage = meter.cover(slot.from_s, slot.to_s);
            if (const auto value = statistics.shown(entry.subject, meter, field->metric, slot,
                                                    coverage, entry.type))
                write_pair(out, entry.place, slot, *value);
        }
        out.close_list();
    }
    out.close();
}

}  // namespace pf::sim
