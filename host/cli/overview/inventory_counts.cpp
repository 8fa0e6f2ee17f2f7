#include "host/cli/overview/inventory_counts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/console/field_reader.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/overview/metric_sum.hpp"
#include "host/cli/resource_json.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

// True for a field whose words are states, as a lamp beside a machine is.
bool is_state(const Field& field) {
    if (field.type != FieldType::enumeration) {
        return field.type == FieldType::state;
    }
    const Json options = parse_bounded(field.options);
    const Json* items = object_member(options, "items");
    items = items != nullptr ? items : &options;
    return items->is_object() && std::any_of(items->begin(), items->end(), [](const Json& item) {
               return field_type(text_member(item, "type")) == FieldType::state;
           });
}

// Several causes may concern a kind; the kind of a cause that is about a whole target is empty.
KindResult result_of(const KindCount& count, const runtime::RunReport& report) {
    const auto concerns = [&](const runtime::Reason& reason) {
        return reason.kind == count.kind.kind || reason.kind.empty();
    };
    const bool is_missing =
        !report.end.ok() || std::any_of(report.missing.begin(), report.missing.end(), concerns);
    if (is_missing) {
        return count.count > 0 ? KindResult::partial : KindResult::missing;
    }
    // A list that no Prism Central has is not complete, and nothing is missing all the same.
    const bool is_listed =
        std::any_of(report.lists.begin(), report.lists.end(), [&](const runtime::ListReport& list) {
            return list.kind == count.kind.kind && list.is_complete;
        });
    return is_listed || count.count > 0 ? KindResult::complete : KindResult::absent;
}

}  // namespace

std::string_view result_name(KindResult result) noexcept {
    switch (result) {
        case KindResult::complete:
            return "complete";
        case KindResult::partial:
            return "partial";
        case KindResult::missing:
            return "missing";
        case KindResult::absent:
            return "not offered";
    }
    return "missing";
}

struct InventoryCounts::Counter {
    explicit Counter(CountedKind kind) {
        for (const Field& field : kind.view.columns) {
            if (is_state(field)) {
                state.emplace(field, ValueStyle::people, true);
                break;
            }
        }
        for (const DeclaredMetric& metric : kind.metrics) {
            MetricSum sum(metric.query_options);
            if (!sum.is_sum()) {
                continue;
            }
            if (!sum.obstacle().empty()) {
                result.uncounted.push_back(metric.name + ": " + sum.obstacle());
                continue;
            }
            sums.push_back(std::move(sum));
            result.capacities.push_back({metric.name, metric.unit, 0, {}});
        }
        result.kind = std::move(kind);
    }

    void add(const Json& resource) {
        const std::string region = text_member(resource, "region_code");
        ++result.count;
        ++result.by_region[region];
        if (state) {
            const std::string word = state->value(resource).text();
            ++result.by_state[word.empty() ? "unknown" : word];
        }
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const double value = sums[i].value(resource);
            result.capacities[i].value += value;
            result.capacities[i].by_region[region] += value;
        }
    }

    std::optional<FieldReader> state;
    std::vector<MetricSum> sums;  // as many as result.capacities
    KindCount result;
};

InventoryCounts::InventoryCounts(std::vector<CountedKind> kinds) {
    for (CountedKind& kind : kinds) {
        counters_.push_back(std::make_unique<Counter>(std::move(kind)));
    }
}

InventoryCounts::~InventoryCounts() = default;

InventoryCounts::Counter& InventoryCounts::counter_of(const Json& resource) {
    const Identity identity = identity_of(resource);
    for (const auto& counter : counters_) {
        const CountedKind& kind = counter->result.kind;
        if (kind.group == identity.group && kind.type == identity.type) {
            return *counter;
        }
    }
    CountedKind kind;
    kind.kind = kind.title = identity.group + "/" + identity.type;
    kind.group = identity.group;
    kind.type = identity.type;
    counters_.push_back(std::make_unique<Counter>(std::move(kind)));
    return *counters_.back();
}

void InventoryCounts::add(const Json& resource) { counter_of(resource).add(resource); }

void InventoryCounts::add_region(std::string_view text) {
    const Json region = parse_bounded(text);
    const std::string name = text_member(region, "name");
    if (!name.empty()) {
        region_names_[text_member(region, "region_code")] = name;
    }
}

void InventoryCounts::close(const runtime::RunReport& report) {
    // A kind whose module is not in service is known by name only.
    for (const runtime::Reason& reason : report.missing) {
        const bool is_known =
            reason.kind.empty() ||
            std::any_of(counters_.begin(), counters_.end(), [&](const auto& counter) {
                return counter->result.kind.kind == reason.kind;
            });
        if (!is_known) {
            CountedKind kind;
            kind.kind = kind.title = reason.kind;
            counters_.push_back(std::make_unique<Counter>(std::move(kind)));
        }
    }
    for (const auto& counter : counters_) {
        counter->result.result = result_of(counter->result, report);
    }
}

std::vector<const KindCount*> InventoryCounts::kinds() const {
    std::vector<const KindCount*> all;
    for (const auto& counter : counters_) {
        all.push_back(&counter->result);
    }
    return all;
}

std::string InventoryCounts::region_name(const std::string& code) const {
    const auto found = region_names_.find(code);
    if (found != region_names_.end()) {
        return found->second;
    }
    return code.empty() ? "no region" : code;
}

}  // namespace pf::host::cli
