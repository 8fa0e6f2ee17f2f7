// CostRun: what came of one call of a cost handler, for a test to look at.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "prismforet/abi/charges.h"
#include "prismforet/cpp/text.hpp"
#include "prismforet/testing/run.hpp"

namespace pf::testing {

// A copy of a pf_charge.
struct ChargeRecord {
    std::int64_t cost_micros = 0;
    std::int64_t quantity_micros = 0;
    std::string billed_date, resource, region_code, product, usage_type, usage_unit;
    std::string project, cluster, owner, model, basis;
    std::map<std::string, std::string> tags;

    explicit ChargeRecord(const pf_charge& from)
        : cost_micros(from.cost_micros),
          quantity_micros(from.quantity_micros),
          billed_date(to_view(from.billed_date)),
          resource(to_view(from.resource)),
          region_code(to_view(from.region_code)),
          product(to_view(from.product)),
          usage_type(to_view(from.usage_type)),
          usage_unit(to_view(from.usage_unit)),
          project(to_view(from.project)),
          cluster(to_view(from.cluster)),
          owner(to_view(from.owner)),
          model(to_view(from.model)),
          basis(to_view(from.basis)) {
        for (std::uint32_t i = 0; i < from.tag_count; ++i) {
            tags.emplace(to_view(from.tags[i].key), to_view(from.tags[i].value));
        }
    }
    bool operator==(const ChargeRecord&) const = default;
};

// A copy of a pf_cost_line.
struct CostLine {
    std::uint32_t flags = 0;
    std::int64_t amount_micros = 0;
    std::string section, what, formula, value, unit;

    explicit CostLine(const pf_cost_line& from)
        : flags(from.flags),
          amount_micros(from.amount_micros),
          section(to_view(from.section)),
          what(to_view(from.what)),
          formula(to_view(from.formula)),
          value(to_view(from.value)),
          unit(to_view(from.unit)) {}
    bool operator==(const CostLine&) const = default;
};

struct CostRun {
    pf_status status = PF_OK;
    std::string why;  // what the module gave pf_outcomes.fail
    std::vector<ChargeRecord> records;
    std::vector<CostLine> lines;
    std::vector<Finding> notes;
    std::vector<LogLine> logs;

    // The sum of the records' costs, in millionths.
    std::int64_t total() const {
        std::int64_t sum = 0;
        for (const ChargeRecord& record : records) sum += record.cost_micros;
        return sum;
    }
};

}  // namespace pf::testing
