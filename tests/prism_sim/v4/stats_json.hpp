#pragma once
// How samples are written: a VM's as rows, those of all else as columns.

#include <vector>

#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/v4/object_writer.hpp"
#include "tests/prism_sim/v4/stats_fields.hpp"
#include "tests/prism_sim/v4/stats_query.hpp"

namespace pf::sim {

/// What of one thing is written.
struct StatsEntry {
    const StatsPlace& place;
    Subject subject;
    Uuid id;
    Uuid cluster;  ///< Of a VM.
    const StatsSelection& selection;
    const std::vector<SampleSlot>& slots;  ///< Newest first.
    StatType type;
    bool is_measured = true;  ///< Else there are no samples.
};

void write_stats_rows(ObjectWriter& out, const Statistics& statistics, const StatsEntry& entry);
void write_stats_columns(ObjectWriter& out, const Statistics& statistics, const StatsEntry& entry);

}  // namespace pf::sim
