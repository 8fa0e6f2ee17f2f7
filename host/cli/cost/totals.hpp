// CostTotals: cost records added up by what a report is asked to group them by.
//
// Sums are whole millionths, so they are exact and do not depend on the order of the records.
// Memory grows with the groups, not with the records. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/charge.hpp"

namespace pf::host::cli {

// One thing to group by.
struct CostDimension {
    enum class What {
        date,
        month,
        account,
        cluster,
        project,
        owner,
        product,
        usage_type,
        resource,
        region,
        model,
        basis,
        category
    };
    What what = What::cluster;
    std::string category;  // the key, of a category
    std::string title;     // as it was asked for: "cluster", "category:CostCenter"
};

// "cluster", "category:KEY"; INVALID_ARGUMENT (ERROR_USAGE) names the others.
Result<CostDimension> parse_dimension(std::string_view word);

// What `charge` of `account` has there; empty = nothing. Lives as long as what it is given.
std::string_view value_of(const CostDimension& dimension, const cost::Charge& charge,
                          std::string_view account);

class CostTotals {
  public:
    struct Row {
        std::vector<std::string> values;  // one per dimension; empty = none
        std::int64_t cost_micros = 0;
        std::int64_t idle_micros = 0;     // the part of it that nobody uses
        std::int64_t assumed_micros = 0;  // the part of it that is assumed, not measured
        std::uint64_t records = 0;
    };

    explicit CostTotals(std::vector<CostDimension> dimensions)
        : dimensions_(std::move(dimensions)) {}

    // Adds a record of `account`. OUT_OF_RANGE (ERROR_COST_OVERFLOW) when a sum grows too large.
    Status add(const cost::Charge& charge, std::string_view account);

    const std::vector<CostDimension>& dimensions() const noexcept { return dimensions_; }
    // The groups, dearest first, equal ones by their values.
    std::vector<Row> rows() const;
    // Of all records.
    const Row& total() const noexcept { return total_; }

  private:
    std::vector<CostDimension> dimensions_;
    std::unordered_map<std::string, Row> groups_;  // by the values, one behind the other
    std::string key_;
    std::vector<std::size_t> ends_;
    Row total_;
};

}  // namespace pf::host::cli
