// A collection in this process, without gRPC: rows as JSON to compare, the report as it is.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/report.hpp"

namespace pf::test {

struct LocalRun {
    host::Status end;
    host::runtime::RunReport report;
    // CloudService rows by reference.resource_id: the `resource` of each.
    std::map<std::string, nlohmann::json> resources;
    // Rows that came a second time, or without an id.
    std::vector<std::string> odd;
    std::vector<std::string> failures;  // messages of FAILURE rows

    // Whether a note with this code was made.
    bool has_note(const std::string& code) const;
    // The API that served a namespace, from the report: "v4.3", "v3"; empty: none.
    std::string api_of(const std::string& api_namespace) const;
};

// Collects with the JSON that CloudForet would send. Each call has targets of its own, so nothing
// is remembered from one to the next.
LocalRun run_locally(host::runtime::Modules& modules, const std::string& options,
                     const std::string& secret);

// What CloudForet finds a resource again by, as one text.
std::string identity_of(const nlohmann::json& resource);

// Where two documents differ: "data.nics[*].cidr"; positions in arrays are stars.
std::vector<std::string> different_paths(const nlohmann::json& a, const nlohmann::json& b);

}  // namespace pf::test
