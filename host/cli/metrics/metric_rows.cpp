#include "host/cli/metrics/metric_rows.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "host/cli/csv.hpp"
#include "host/cli/metrics/sparkline.hpp"
#include "host/cli/text.hpp"
#include "host/cloudforet/iso_time.hpp"

namespace pf::host::cli {
namespace {

using Values = std::vector<std::optional<double>>;
// Keys of resources with their names, in the order in which they are shown.
using Names = std::vector<std::pair<std::string, std::string>>;

// By name; keys are ids, which say nothing to people, and only part those of one name.
Names by_name(const std::map<std::string, std::string>& names) {
    Names ordered(names.begin(), names.end());
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second, a.first) < std::tie(b.second, b.first);
    });
    return ordered;
}

const Values* values_of(const MetricTable& table, const std::string& key) {
    const auto found = table.series.values.find(key);
    return found == table.series.values.end() ? nullptr : &found->second;
}

// The last value, the least and the greatest; nothing of a line without values.
struct Summary {
    std::optional<double> last;
    std::optional<double> least;
    std::optional<double> greatest;
};

Summary summary_of(const Values& values) {
    Summary summary;
    for (const auto& one : values) {
        if (one) {
            summary.last = one;
            summary.least = std::min(summary.least.value_or(*one), *one);
            summary.greatest = std::max(summary.greatest.value_or(*one), *one);
        }
    }
    return summary;
}

void write_table(Output& output, const TableLook& look, const Names& names,
                 const std::vector<MetricTable>& tables) {
    constexpr std::size_t drawn = 40;
    Table out(
        {{"NAME"}, {"METRIC"}, {"UNIT"}, {"LAST", true}, {"MIN", true}, {"MAX", true}, {"TREND"}});
    for (const auto& [key, name] : names) {
        for (const MetricTable& table : tables) {
            const Values* const values = values_of(table, key);
            const Summary summary = values == nullptr ? Summary() : summary_of(*values);
            const auto text = [](const std::optional<double>& value) {
                return Cell{value ? short_number(*value) : "-"};
            };
            out.add({{clean(name)},
                     {table.metric.key},
                     {table.metric.unit},
                     text(summary.last),
                     text(summary.least),
                     text(summary.greatest),
                     {values == nullptr ? "" : sparkline(*values, drawn)}});
        }
    }
    output.write(out.text(look));
}

void write_csv(Output& output, const Names& names, const std::vector<MetricTable>& tables) {
    output.write(csv_line({"time", "name", "id", "metric", "unit", "value"}));
    for (const auto& [key, name] : names) {
        for (const MetricTable& table : tables) {
            const Values* const values = values_of(table, key);
            for (std::size_t i = 0; i < table.series.times_s.size(); ++i) {
                const bool has_value = values != nullptr && (*values)[i].has_value();
                output.write(csv_line(
                    {cloudforet::iso_time(table.series.times_s[i]), csv_field(clean(name), false),
                     csv_field(key, false), table.metric.key, table.metric.unit,
                     has_value ? nlohmann::json(*(*values)[i]).dump() : std::string()}));
            }
        }
    }
}

void write_json(Output& output, const Names& names, const std::vector<MetricTable>& tables) {
    nlohmann::ordered_json metrics = nlohmann::ordered_json::array();
    for (const MetricTable& table : tables) {
        nlohmann::ordered_json one{{"metric", table.metric.key},
                                   {"name", table.metric.name},
                                   {"unit", table.metric.unit},
                                   {"times", nlohmann::ordered_json::array()},
                                   {"resources", nlohmann::ordered_json::array()}};
        for (const std::int64_t time : table.series.times_s) {
            one["times"].push_back(cloudforet::iso_time(time));
        }
        for (const auto& [key, name] : names) {
            nlohmann::ordered_json values = nlohmann::ordered_json::array();
            const Values* const found = values_of(table, key);
            for (std::size_t i = 0; i < table.series.times_s.size(); ++i) {
                const bool has_value = found != nullptr && (*found)[i].has_value();
                values.push_back(has_value ? nlohmann::ordered_json(*(*found)[i])
                                           : nlohmann::ordered_json(nullptr));
            }
            one["resources"].push_back({{"id", key}, {"name", name}, {"values", values}});
        }
        metrics.push_back(std::move(one));
    }
    output.write(nlohmann::ordered_json{{"metrics", metrics}}.dump(
                     2, ' ', false, nlohmann::json::error_handler_t::replace) +
                 "\n");
}

}  // namespace

void write_metrics(Output& output, MetricForm form, const TableLook& look,
                   const std::map<std::string, std::string>& names,
                   const std::vector<MetricTable>& tables) {
    const Names ordered = by_name(names);
    switch (form) {
        case MetricForm::csv:
            return write_csv(output, ordered, tables);
        case MetricForm::json:
            return write_json(output, ordered, tables);
        case MetricForm::table:
            break;
    }
    write_table(output, look, ordered, tables);
}

}  // namespace pf::host::cli
