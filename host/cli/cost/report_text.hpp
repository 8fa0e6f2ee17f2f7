// A cost report as a table, CSV, JSON or YAML.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/cli/cost/totals.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// What stands over and under the sums.
struct CostReport {
    std::string currency;                      // "EUR"
    int places = 2;                            // decimals for people
    std::string first_day, last_day;           // "2026-02-01"; empty: no day is closed yet
    std::map<std::string, std::string> names;  // of resources, by id, where they are grouped by
    std::vector<std::string> missing;          // why a target's costs are not in it
    std::vector<std::string> notes;
};

// For people. Rounded amounts, the total on the last line.
std::string cost_table(const CostReport& report, const CostTotals& totals, const TableLook& look);
// A heading and one line per group, exact.
std::string cost_csv(const CostReport& report, const CostTotals& totals);
// {"schema":"prismforet/v1","currency":..,"from":..,"to":..,"by":[..],"items":[..],"total":{..},
//  "missing":[..],"notes":[..]}; amounts are exact.
std::string cost_json(const CostReport& report, const CostTotals& totals);
// The same in YAML.
std::string cost_yaml(const CostReport& report, const CostTotals& totals);

}  // namespace pf::host::cli
