#include "host/cli/cost/totals.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pf::host::cli {
namespace {

using What = CostDimension::What;

constexpr std::array<std::pair<std::string_view, What>, 12> words{{{"date", What::date},
                                                                   {"month", What::month},
                                                                   {"account", What::account},
                                                                   {"cluster", What::cluster},
                                                                   {"project", What::project},
                                                                   {"owner", What::owner},
                                                                   {"product", What::product},
                                                                   {"usage_type", What::usage_type},
                                                                   {"resource", What::resource},
                                                                   {"region", What::region},
                                                                   {"model", What::model},
                                                                   {"basis", What::basis}}};
constexpr std::string_view category_prefix = "category:";

bool add_to(CostTotals::Row& row, const cost::Charge& charge) {
    const bool is_idle = charge.usage_type.substr(0, 5) == "idle.";
    const bool is_assumed = charge.basis == "assumed";
    ++row.records;
    return !__builtin_add_overflow(row.cost_micros, charge.cost_micros, &row.cost_micros) &&
           !__builtin_add_overflow(row.idle_micros, is_idle ? charge.cost_micros : 0,
                                   &row.idle_micros) &&
           !__builtin_add_overflow(row.assumed_micros, is_assumed ? charge.cost_micros : 0,
                                   &row.assumed_micros);
}

}  // namespace

Result<CostDimension> parse_dimension(std::string_view word) {
    for (const auto& [name, what] : words) {
        if (word == name) {
            return CostDimension{what, {}, std::string(word)};
        }
    }
    if (word.starts_with(category_prefix) && word.size() > category_prefix.size()) {
        return CostDimension{What::category, std::string(word.substr(category_prefix.size())),
                             std::string(word)};
    }
    std::string known;
    for (const auto& [name, what] : words) {
        known += std::string(name) + ", ";
    }
    return Status(
        Code::invalid_argument, "ERROR_USAGE",
        "costs cannot be grouped by '" + std::string(word) + "'; use " + known + "or category:KEY");
}

std::string_view value_of(const CostDimension& dimension, const cost::Charge& charge,
                          std::string_view account) {
    switch (dimension.what) {
        case What::date:
            return charge.billed_date;
        case What::month:
            return charge.billed_date.substr(0, 7);
        case What::account:
            return account;
        case What::cluster:
            return charge.cluster;
        case What::project:
            return charge.project;
        case What::owner:
            return charge.owner;
        case What::product:
            return charge.product;
        case What::usage_type:
            return charge.usage_type;
        case What::resource:
            return charge.resource;
        case What::region:
            return charge.region_code;
        case What::model:
            return charge.model;
        case What::basis:
            return charge.basis;
        case What::category:
            break;
    }
    for (const cost::ChargeTag& tag : charge.tags) {
        if (tag.key == dimension.category) {
            return tag.value;
        }
    }
    return {};
}

Status CostTotals::add(const cost::Charge& charge, std::string_view account) {
    key_.clear();
    ends_.clear();
    for (const CostDimension& dimension : dimensions_) {
        key_ += value_of(dimension, charge, account);
        ends_.push_back(key_.size());
        key_ += '\0';  // keeps "a" + "bc" from "ab" + "c"
    }
    const auto [at, is_new] = groups_.try_emplace(key_);
    if (is_new) {
        std::size_t begin = 0;
        for (const std::size_t end : ends_) {
            at->second.values.push_back(key_.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    if (!add_to(at->second, charge) || !add_to(total_, charge)) {
        return Status(Code::out_of_range, "ERROR_COST_OVERFLOW",
                      "the sum of the costs is beyond 9,223,372,036,854; look at the prices of the "
                      "cost model, or report fewer months at once");
    }
    return Status();
}

std::vector<CostTotals::Row> CostTotals::rows() const {
    std::vector<Row> rows;
    rows.reserve(groups_.size());
    for (const auto& [key, row] : groups_) {
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.cost_micros != b.cost_micros ? a.cost_micros > b.cost_micros : a.values < b.values;
    });
    return rows;
}

}  // namespace pf::host::cli
