// The text of a cost model, YAML or JSON, up to its calendar: what is accepted must be a model that
// arithmetic can be done with.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "host/cost/calendar/calendar.hpp"
#include "host/cost/decimal.hpp"
#include "host/cost/model/cost_model.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pf::fuzz {
namespace {

using nlohmann::json;
namespace cost = pf::host::cost;

// The keys whose values are decimal numbers, written in the one way there is.
const std::set<std::string> numbers = {"price",
                                       "rate",
                                       "share",
                                       "cpu",
                                       "memory",
                                       "storage",
                                       "factor",
                                       "vcpu_hour",
                                       "hour",
                                       "year",
                                       "salvage",
                                       "count",
                                       "minimum",
                                       "memory_gib_hour",
                                       "ratio_year",
                                       "watts",
                                       "pue",
                                       "cvm_vcpus",
                                       "cpu_overcommit",
                                       "data_reduction",
                                       "fill_limit",
                                       "card_gib",
                                       "raw_gib",
                                       "replication_factor"};

void check_number(const std::string& key, const json& value) {
    require(value.is_string(), "a number is a text", key + ": " + value.dump());
    std::string why;
    const auto number = cost::Decimal::parse(value.get<std::string>(), why);
    require(number && number->text() == value, "a number is written in the one way", value.dump());
}

void check_values(const json& value) {
    require(!value.is_number_float() && !value.is_null(), "no value is a double or nothing");
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (numbers.contains(key) && !member.is_structured()) {
                check_number(key, member);
            }
            check_values(member);
        }
    } else if (value.is_array()) {
        std::for_each(value.begin(), value.end(), check_values);
    }
}

void check_split(const json& line) {
    std::string why;
    cost::Decimal sum;
    for (const char* part : {"cpu", "memory", "storage"}) {
        sum = sum + cost::Decimal::parse(line["split"][part].get<std::string>(), why).value();
    }
    require(sum == cost::Decimal(1), "a cost is split without a rest", line.dump());
}

void check_calendar(const cost::CostModel& model) {
    const auto calendar = cost::Calendar::open(model.time);
    require(calendar.ok(), "a model that is accepted has a calendar", model.time.zone);
    const auto days = calendar->days_of_months("2026-03", "2026-03");
    require(days.ok() && days->size() == 31, "March has 31 days");
    for (const cost::Day& day : *days) {
        std::int64_t at = day.from;
        for (const cost::BandSpan& span : day.bands) {
            require(span.from == at && span.to > at, "bands follow each other", day.date);
            at = span.to;
        }
        require(!model.time.has_bands() || at == day.to, "bands cover the day", day.date);
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::string_view text = to_text(data, size);
    const auto model = cost::read_cost_model(text, "cost.yaml");
    require_readable(model.status());
    if (!model) {
        return 0;
    }
    const json filled = json::parse(model->json);
    check_values(filled);
    require(!filled["rate_cards"].empty() || !filled["tco"].empty(), "a model has prices");
    for (const json& block : filled["tco"]) {
        std::for_each(block["lines"].begin(), block["lines"].end(), check_split);
    }
    check_calendar(*model);
    const auto portable = cost::portable_cost_model(text, "cost.yaml");
    require_readable(portable.status());
    require(portable && cost::read_cost_model(*portable, "config://x")->json == model->json,
            "a model that travels comes back as it was", text);
    return 0;
}
