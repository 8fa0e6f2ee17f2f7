// What is known of a protection policy, whichever generation of Prism's API told it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "names.hpp"

namespace management {

// A place that recovery points are made at or copied to.
struct Location {
    std::string_view label;    // v4 only
    std::string_view central;  // UUID of its Prism Central
    bool is_primary = false;
    std::vector<Reference> clusters;  // none: all of that Prism Central
};

// How many recovery points are kept, or the periods of which the newest are.
struct Retention {
    std::optional<std::int64_t> count;
    std::optional<std::int64_t> periods;
    std::string_view period;  // "WEEKLY"
};

// What is made how often, from one location to another.
struct Schedule {
    std::optional<std::size_t> source;  // positions in Policy::locations
    std::optional<std::size_t> target;  // none: only kept where it is made
    std::optional<std::int64_t> objective_seconds;
    std::string_view consistency;  // "CRASH_CONSISTENT"
    std::string_view start_time;   // "00h:30m", UTC
    std::optional<std::int64_t> suspend_seconds;
    Retention local;
    Retention remote;
};

struct PolicyCategory {
    std::string_view key;
    std::string_view value;
    std::string_view uuid;
};

// Texts are the page's.
struct Policy {
    void clear();

    std::string_view id;
    std::string_view name;
    std::string_view description;
    std::string_view owner;  // UUID
    std::optional<bool> needs_approval;
    std::vector<Location> locations;
    std::vector<Schedule> schedules;
    std::vector<PolicyCategory> categories;
};

// Reads everything about `entity` into `policy`, which is cleared before.
void read_policy_v4(pf::Value entity, Policy& policy);
void read_policy_v3(pf::Value entity, Policy& policy);

}  // namespace management
