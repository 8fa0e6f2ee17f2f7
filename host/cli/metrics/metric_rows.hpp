// What metrics came to, in the form somebody asked for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/cli/output.hpp"
#include "host/cli/table.hpp"
#include "host/runtime/metrics_source.hpp"

namespace pf::host::cli {

enum class MetricForm : std::uint8_t { table, csv, json };

// One metric of all resources.
struct MetricTable {
    runtime::MetricInfo metric;
    runtime::MetricsSeries series;
};

// Writes the tables; `names` are the resources', by the key of the series. Resources come in the
// order of their names. CSV has a line for each resource, metric and time; JSON one object with
// everything.
void write_metrics(Output& output, MetricForm form, const TableLook& look,
                   const std::map<std::string, std::string>& names,
                   const std::vector<MetricTable>& tables);

}  // namespace pf::host::cli
