// The recovery point of one virtual machine: what is known of it, and how both generations of
// Prism's API show it. v4 lists recovery points of groups of machines and volume groups, v3 those
// of single machines; a resource stands for one machine in either case, so that its identity is
// the same.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>

#include "vm_facts.hpp"

namespace vm {

struct RecoveryPointFacts {
    std::string_view id;  // of the machine's part
    std::string_view name;
    std::string_view type;    // "CRASH_CONSISTENT"
    std::string_view status;  // "COMPLETE"
    std::string_view created;
    std::string_view expires;
    std::string_view location_agnostic_id;  // the same at all sites it was copied to
    std::string_view consistency_group;
    std::string_view whole;  // UUID of the recovery point the machine's is a part of; v4 only
    std::int64_t parts = 1;  // of how many machines and volume groups that one is
    std::optional<bool> is_secure;
    std::optional<std::int64_t> exclusive_bytes;  // what deleting the whole would free
    std::string_view owner;
    Reference machine;
    Reference location;  // the cluster that holds it
};

// Of a dataprotection.v4.config.RecoveryPoint, and `part`, one of its vmRecoveryPoints.
RecoveryPointFacts recovery_point_v4(pf::Value whole, pf::Value part) noexcept;

// Of the {status, spec, metadata} of vm_recovery_points/list.
RecoveryPointFacts recovery_point_v3(pf::Value entity) noexcept;

}  // namespace vm
