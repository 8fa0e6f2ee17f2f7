#include "host/cli/cost/focus.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "host/cli/cost/amount.hpp"
#include "host/cli/csv.hpp"

namespace pf::host::cli {
namespace {

// FOCUS names a closed set of service categories.
std::string category_of(std::string_view usage_type) {
    if (usage_type.starts_with("storage.") || usage_type == "idle.storage") {
        return "Storage";
    }
    const bool is_compute = usage_type == "vcpu" || usage_type == "memory" ||
                            usage_type.starts_with("gpu.") || usage_type.starts_with("idle.");
    return is_compute ? "Compute" : "Other";
}

std::string tags_of(const cost::Charge& charge) {
    nlohmann::ordered_json tags = nlohmann::ordered_json::object();
    for (const cost::ChargeTag& tag : charge.tags) {
        tags[std::string(tag.key)] = std::string(tag.value);
    }
    return tags.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// A column: its name and what it holds.
struct Column {
    const char* name;
    bool is_number;
    std::string (*value)(const cost::Charge&, const FocusFrame&, const FocusDay&);
};

std::string cost_of(const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
    return exact_amount(charge.cost_micros);
}
std::string quantity_of(const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
    return exact_amount(charge.quantity_micros);
}
std::string unit_of(const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
    return std::string(charge.usage_unit);
}
std::string provider(const cost::Charge&, const FocusFrame&, const FocusDay&) { return "Nutanix"; }

const Column columns[] = {
    {"BilledCost", true, cost_of},
    {"EffectiveCost", true, cost_of},
    {"ListCost", true, cost_of},
    {"ContractedCost", true, cost_of},
    {"BillingCurrency", false,
     [](const cost::Charge&, const FocusFrame& frame, const FocusDay&) { return frame.currency; }},
    {"BillingAccountId", false,
     [](const cost::Charge&, const FocusFrame& frame, const FocusDay&) { return frame.account; }},
    {"BillingPeriodStart", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay& day) { return day.month_start; }},
    {"BillingPeriodEnd", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay& day) { return day.month_end; }},
    {"ChargePeriodStart", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay& day) { return day.start; }},
    {"ChargePeriodEnd", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay& day) { return day.end; }},
    {"ChargeCategory", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay&) { return std::string("Usage"); }},
    {"ChargeDescription", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.usage_type) + " (" + std::string(charge.model) + ", " +
                std::string(charge.basis) + ")";
     }},
    {"ChargeFrequency", false,
     [](const cost::Charge&, const FocusFrame&, const FocusDay&) {
         return std::string("Usage-Based");
     }},
    {"ConsumedQuantity", true, quantity_of},
    {"ConsumedUnit", false, unit_of},
    {"PricingQuantity", true, quantity_of},
    {"PricingUnit", false, unit_of},
    {"ProviderName", false, provider},
    {"PublisherName", false, provider},
    {"InvoiceIssuerName", false, provider},
    {"RegionId", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.region_code);
     }},
    {"ResourceId", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.resource);
     }},
    {"ResourceName", false,
     [](const cost::Charge& charge, const FocusFrame& frame, const FocusDay&) {
         const auto name = frame.names.find(std::string(charge.resource));
         return name == frame.names.end() ? std::string() : name->second;
     }},
    {"ServiceCategory", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return category_of(std::string(charge.usage_type));
     }},
    {"ServiceName", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.product);
     }},
    {"SubAccountId", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.project);
     }},
    {"SubAccountName", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return std::string(charge.project);
     }},
    {"Tags", false,
     [](const cost::Charge& charge, const FocusFrame&, const FocusDay&) {
         return tags_of(charge);
     }},
};

}  // namespace

std::string focus_heading() {
    std::vector<std::string> names;
    for (const Column& column : columns) {
        names.emplace_back(column.name);
    }
    return csv_line(names);
}

std::string focus_line(const cost::Charge& charge, const FocusFrame& frame) {
    static const FocusDay no_day;
    const auto day = frame.days.find(std::string(charge.billed_date));
    std::vector<std::string> fields;
    for (const Column& column : columns) {
        fields.push_back(
            csv_field(column.value(charge, frame, day == frame.days.end() ? no_day : day->second),
                      column.is_number));
    }
    return csv_line(fields);
}

}  // namespace pf::host::cli
