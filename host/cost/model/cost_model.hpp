// CostModel: what an operator says things cost, read, checked and completed.
//
//     auto model = read_cost_model(text, "cost.yaml");
//     if (!model) { ... one clear error with line and what to do ... }
//     auto calendar = Calendar::open(model->time);
//
// The concern cost is given `json` and does arithmetic only: every default is in it, every short
// form is resolved, and every number of money or share is a text with a decimal number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/calendar/time_rules.hpp"

namespace pf::host::cost {

// No text of a cost model is larger, in bytes.
inline constexpr std::size_t largest_cost_model = 1u << 20;

struct CostModel {
    std::string json;  // JSON text of an object; the same text gives the same bytes
    std::string name;
    std::string currency;  // ISO 4217
    int places = 2;        // digits behind the point of that currency
    TimeRules time;
    std::vector<std::string> tags;      // category keys that may become tags of records
    std::vector<std::string> warnings;  // for people: what is allowed, and likely not meant
};

// Reads YAML or JSON. `origin` names the text in messages: a path, "config://NAME", an option.
// The first problem is INVALID_ARGUMENT (ERROR_COST_MODEL) with "origin:line: key: what"; a time
// zone that does not exist is ERROR_COST_TIME_ZONE. Never quotes more than keys and names.
Result<CostModel> read_cost_model(std::string_view text, const std::string& origin);

// The JSON Schema of a cost model's text, for editors.
std::string cost_model_schema_text();

// The same model as a document in which all numbers are texts, so that what passes through doubles
// on its way (CloudForet's configurations do) comes back as it was. `text` is YAML or JSON and is
// checked as read_cost_model does.
Result<std::string> portable_cost_model(std::string_view text, const std::string& origin);

}  // namespace pf::host::cost
