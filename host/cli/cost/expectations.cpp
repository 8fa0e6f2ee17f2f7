#include "host/cli/cost/expectations.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

Status refused(std::size_t place, const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_COST_TEST",
                  "expect[" + std::to_string(place) + "]: " + what);
}

// A number as it was written; a double in between would lose digits of large amounts only, but then
// for good.
std::string digits_of(const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

Result<std::int64_t> parse_amount(std::string_view text) {
    const Status no_amount(Code::invalid_argument, "ERROR_COST_TEST",
                           "'" + clean(text.substr(0, 64)) +
                               "' is no amount; write digits with at most six decimals, as 9.79");
    const bool is_negative = text.starts_with('-');
    std::string_view digits = text.substr(is_negative ? 1 : 0);
    const std::size_t point = digits.find('.');
    const std::string_view whole = digits.substr(0, point);
    std::string decimals(point == digits.npos ? std::string_view{} : digits.substr(point + 1));
    if (whole.empty() || decimals.size() > 6 || (point != digits.npos && decimals.empty())) {
        return no_amount;
    }
    decimals.resize(6, '0');
    std::int64_t number = 0;
    for (const std::string_view part : {whole, std::string_view(decimals)}) {
        for (const char digit : part) {
            if (digit < '0' || digit > '9' || __builtin_mul_overflow(number, 10, &number) ||
                __builtin_add_overflow(number, digit - '0', &number)) {
                return no_amount;
            }
        }
    }
    return is_negative ? -number : number;
}

Result<Expectations> Expectations::read(const nlohmann::json& list) {
    Expectations all;
    if (!list.is_array() || list.empty()) {
        return Status(Code::invalid_argument, "ERROR_COST_TEST",
                      "expect: a list of at least one expected cost is needed, each as "
                      "{resource: ID, cost: 12.5}");
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        const nlohmann::json& from = list[i];
        if (!from.is_object() || !from.contains("cost")) {
            return refused(i, "give it a cost, as {resource: ID, cost: 12.5}");
        }
        Entry entry;
        for (const auto& [key, value] : from.items()) {
            if (key == "cost" || key == "tolerance") {
                auto amount = parse_amount(digits_of(value));
                if (!amount) {
                    return refused(i, amount.status().message());
                }
                (key == "cost" ? entry.expected_micros : entry.tolerance_micros) = *amount;
                continue;
            }
            auto dimension = parse_dimension(key);
            if (!dimension || dimension->what == CostDimension::What::account) {
                return refused(i, "'" + clean(key) +
                                      "' is nothing a record has; use resource, usage_type, date, "
                                      "month, cluster, project, owner, product, region, model, "
                                      "basis or category:KEY");
            }
            entry.where.emplace_back(std::move(*dimension), digits_of(value));
        }
        all.entries_.push_back(std::move(entry));
    }
    return all;
}

void Expectations::add(const cost::Charge& charge) {
    for (Entry& entry : entries_) {
        bool is_meant = true;
        for (const auto& [dimension, wanted] : entry.where) {
            is_meant = is_meant && value_of(dimension, charge, {}) == wanted;
        }
        if (is_meant) {
            entry.actual_micros += charge.cost_micros;
            ++entry.records;
        }
    }
}

std::vector<Expectations::Outcome> Expectations::outcomes() const {
    std::vector<Outcome> outcomes;
    for (const Entry& entry : entries_) {
        Outcome outcome;
        for (const auto& [dimension, wanted] : entry.where) {
            outcome.what += (outcome.what.empty() ? "" : ", ") + dimension.title + " " + wanted;
        }
        if (outcome.what.empty()) {
            outcome.what = "everything";
        }
        outcome.expected_micros = entry.expected_micros;
        outcome.actual_micros = entry.actual_micros;
        outcome.records = entry.records;
        const std::int64_t gap = entry.actual_micros - entry.expected_micros;
        outcome.is_met = gap <= entry.tolerance_micros && -gap <= entry.tolerance_micros;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace pf::host::cli
