// Charge: what one resource cost on one day for one kind of use, on its way to a receiver.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pf::host::cost {

// A category of a resource, or whatever else its costs are grouped by.
struct ChargeTag {
    std::string_view key;
    std::string_view value;
};

// One cost record. All texts are UTF-8 and live as long as whoever made the record says.
struct Charge {
    std::int64_t cost_micros = 0;      // millionths of the model's currency, 0 or more
    std::int64_t quantity_micros = 0;  // millionths of usage_unit, 0 or more
    std::string_view billed_date;      // "2026-02-28", a day of the billing time zone
    std::string_view resource;         // its id, as in the inventory
    std::string_view region_code;      // as in the inventory
    std::string_view product;          // service code of the resource's type, "AHV"
    std::string_view usage_type;       // "vcpu", "storage.ssd", "idle.memory"
    std::string_view usage_unit;       // "vCPU-hour"
    std::string_view project;          // empty: none; so are cluster and owner
    std::string_view cluster;
    std::string_view owner;
    std::string_view model;  // "rate-card", "tco"
    std::string_view basis;  // "measured", "assumed"
    std::span<const ChargeTag> tags;
};

}  // namespace pf::host::cost
