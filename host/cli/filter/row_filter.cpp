#include "host/cli/filter/row_filter.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/human.hpp"
#include "host/cli/resource_json.hpp"

namespace pf::host::cli {
namespace {

// What the tables of the console call the time a resource was made.
constexpr const char* creation = "Created At";

// What is wrong with a condition for the kinds that have its column, so that none is left out of
// the rows by a comparison that nobody can have meant.
Status check_condition(const Condition& condition, const ColumnCatalogue& catalogue,
                       TimePoint now) {
    bool is_known = false;
    for (const std::vector<Field>& own : catalogue.each()) {
        if (const Field* const field = find_column(own, condition.column)) {
            is_known = true;
            const Status wrong = FieldCondition(condition, *field, now).check(condition);
            if (!wrong.ok()) {
                return wrong;
            }
        }
    }
    if (is_known) {
        return Status();
    }
    const auto chosen = choose_columns(catalogue.all(), {condition.column});
    return chosen ? FieldCondition(condition, chosen->front(), now).check(condition)
                  : chosen.status();
}

}  // namespace

bool tells_creation(const std::vector<Field>& columns) {
    return std::any_of(columns.begin(), columns.end(), [](const Field& column) {
        return column.type == FieldType::datetime && column.title == creation;
    });
}

Result<RowFilter> RowFilter::make(const FilterWishes& wishes, ColumnCatalogue catalogue,
                                  TimePoint now) {
    RowFilter filter;
    filter.now_ = now;
    for (const std::string& text : wishes.conditions) {
        auto condition = parse_condition(text);
        if (!condition) {
            return condition.status().within("--filter");
        }
        filter.conditions_.push_back(std::move(*condition));
    }
    if (!wishes.since.empty()) {
        const auto moment = parse_moment(wishes.since, now);
        if (!moment) {
            return Status(Code::invalid_argument, "ERROR_USAGE",
                          "--since " + wishes.since +
                              " is no time; write 24h, 7d, 2026-11-23 or 2026-11-23T08:15:00Z");
        }
        const std::string value = rfc3339(*moment);
        filter.conditions_.push_back(
            {std::string(creation) + ">=" + value, creation, Comparison::at_least, value});
    }
    for (const Condition& condition : filter.conditions_) {
        if (const Status wrong = check_condition(condition, catalogue, now); !wrong.ok()) {
            return wrong.within("--filter");
        }
    }
    filter.catalogue_ = std::move(catalogue);
    return filter;
}

const std::vector<FieldCondition>& RowFilter::conditions_of(const Kind& kind) {
    const auto found = known_.find(kind);
    if (found != known_.end()) {
        return found->second;
    }
    std::vector<FieldCondition> conditions;
    for (const Condition& condition : conditions_) {
        const std::vector<Field>& own = catalogue_.of(kind.first, kind.second);
        if (const Field* const field = find_column(own, condition.column)) {
            conditions.emplace_back(condition, *field, now_);
        } else {  // where others have it, this kind mostly has nothing
            const auto other = choose_columns(catalogue_.all(), {condition.column});
            conditions.emplace_back(condition, other->front(), now_);
        }
    }
    return known_.emplace(kind, std::move(conditions)).first->second;
}

bool RowFilter::wants(std::string_view text) {
    if (conditions_.empty()) {
        return true;
    }
    const nlohmann::ordered_json resource = parse_resource(text);
    const Identity identity = identity_of(resource);
    const auto& conditions = conditions_of({identity.group, identity.type});
    return std::all_of(
        conditions.begin(), conditions.end(),
        [&resource](const FieldCondition& condition) { return condition.holds(resource); });
}

std::vector<std::string> RowFilter::texts() const {
    std::vector<std::string> texts;
    for (const Condition& condition : conditions_) {
        texts.push_back(condition.text);
    }
    return texts;
}

}  // namespace pf::host::cli
