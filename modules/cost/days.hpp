// The billing days of a request, as the host's calendar gives them. A day has the seconds it has:
// 23 or 25 hours when clocks change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <prismforet/module.hpp>

#include "model.hpp"

namespace cost {

struct Band {
    std::size_t number = 0;  // position in Model::bands
    std::int64_t from = 0;
    std::int64_t to = 0;
};

struct Day {
    std::string date;
    std::int64_t from = 0;
    std::int64_t to = 0;
    int month = 0;                   // months since year 0
    std::int64_t month_seconds = 0;  // of the month by the model's convention
    std::int64_t since_month = 0;    // seconds from the beginning of the month to `from`
    std::vector<Band> bands;         // none without time of use

    std::int64_t seconds() const noexcept { return to - from; }
};

using Days = std::vector<Day>;

// Reads the days. Ends the call when there is none, or one is empty, out of order, or has bands
// that are not the model's or do not cover it.
Days read_days(pf::Value days, const Model& model);

}  // namespace cost
