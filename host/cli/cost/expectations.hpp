// Expectations: what an operator says certain costs must come to, held against the records.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/cost/totals.hpp"
#include "host/cost/charge.hpp"

namespace pf::host::cli {

class Expectations {
  public:
    // Reads a list of objects: what a record must have to be added up (date, month, cluster,
    // project, owner, product, usage_type, resource, region, model, basis, category:KEY; none =
    // every record), `cost` and, where it need not be exact, `tolerance`. Amounts are texts or
    // numbers with at most six decimals. INVALID_ARGUMENT (ERROR_COST_TEST) names the entry.
    static Result<Expectations> read(const nlohmann::json& list);

    // Adds a record wherever it belongs.
    void add(const cost::Charge& charge);

    struct Outcome {
        std::string what;  // "resource vm-a, usage_type vcpu"
        std::int64_t expected_micros = 0;
        std::int64_t actual_micros = 0;
        std::uint64_t records = 0;
        bool is_met = false;
    };
    // One for each entry, in their order.
    std::vector<Outcome> outcomes() const;

  private:
    struct Entry {
        std::vector<std::pair<CostDimension, std::string>> where;
        std::int64_t expected_micros = 0;
        std::int64_t tolerance_micros = 0;
        std::int64_t actual_micros = 0;
        std::uint64_t records = 0;
    };
    std::vector<Entry> entries_;
};

// "9.790685", "12", "-0.5" in millionths; INVALID_ARGUMENT (ERROR_COST_TEST) for anything else and
// for more than six decimals.
Result<std::int64_t> parse_amount(std::string_view text);

}  // namespace pf::host::cli
