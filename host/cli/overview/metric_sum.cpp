#include "host/cli/overview/metric_sum.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/cli/bounded_json.hpp"
#include "host/cli/console/field_path.hpp"
#include "host/cli/console/member.hpp"

namespace pf::host::cli {

using Json = nlohmann::ordered_json;

namespace {

// One condition of a filter.
struct Condition {
    std::vector<std::string> path;
    std::vector<Json> values;
    bool is_negated = false;

    bool holds(const Json& resource) const {
        const auto found = find_elements(resource, path);
        const bool has_one = std::any_of(found.begin(), found.end(), [this](const Json* value) {
            return std::find(values.begin(), values.end(), *value) != values.end();
        });
        return has_one != is_negated;
    }
};

}  // namespace

struct MetricSum::Parts {
    std::string operation;
    std::vector<std::string> path;
    std::vector<Condition> conditions;
    std::string obstacle;
};

MetricSum::MetricSum(const std::string& query_options) : parts_(std::make_unique<Parts>()) {
    const Json query = parse_bounded(query_options);
    const Json* const fields = object_member(query, "fields");
    const Json* const value = fields != nullptr ? object_member(*fields, "value") : nullptr;
    if (value != nullptr) {
        parts_->operation = text_member(*value, "operator");
        parts_->path = split_path(text_member(*value, "key"));
    }
    const Json* const filter = member(query, "filter");
    for (std::size_t i = 0; filter != nullptr && filter->is_array() && i < filter->size(); ++i) {
        const Json& entry = (*filter)[i];
        const std::string operation = text_member(entry, "operator");
        const Json* const wanted = member(entry, "value");
        const bool is_list = operation == "in" || operation == "not_in";
        const bool is_one = operation == "eq" || operation == "not";
        if (wanted == nullptr || !(is_list ? wanted->is_array() : is_one)) {
            parts_->obstacle = "its filter uses the operator " + operation;
            return;
        }
        Condition condition;
        condition.path = split_path(text_member(entry, "key"));
        condition.values = is_list ? std::vector<Json>(wanted->begin(), wanted->end())
                                   : std::vector<Json>(1, *wanted);
        condition.is_negated = operation.starts_with("not");
        parts_->conditions.push_back(std::move(condition));
    }
}

MetricSum::~MetricSum() = default;
MetricSum::MetricSum(MetricSum&&) noexcept = default;
MetricSum& MetricSum::operator=(MetricSum&&) noexcept = default;

bool MetricSum::is_sum() const { return parts_->operation == "sum"; }
const std::string& MetricSum::obstacle() const { return parts_->obstacle; }

double MetricSum::value(const Json& resource) const {
    const bool is_counted =
        std::all_of(parts_->conditions.begin(), parts_->conditions.end(),
                    [&](const Condition& condition) { return condition.holds(resource); });
    double sum = 0;
    if (is_counted && !parts_->path.empty()) {
        for (const Json* value : find_elements(resource, parts_->path)) {
            sum += value->is_number() ? value->get<double>() : 0;
        }
    }
    return sum;
}

}  // namespace pf::host::cli
