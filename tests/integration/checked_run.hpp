// What the tests of whole collections ask again and again: which VMs there are, and whether all of
// them came with nothing said to be missing.
#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/integration/local_run.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test {

// Options for AHV VMs alone. No rate limit: the tests would only wait. Rows without links: those
// name the port.
inline std::string options_for(const char* api_version) {
    return nlohmann::json{{"requests_per_second", 0},
                          {"kinds", {"vm"}},
                          {"api_version", api_version},
                          {"external_link", false}}
        .dump();
}

inline std::set<std::string> ids_of(const sim::Simulator& prism) {
    const auto ids = prism.vm_ids();
    return {ids.begin(), ids.end()};
}

inline std::set<std::string> ids_of(const LocalRun& run) {
    std::set<std::string> ids;
    for (const auto& [id, resource] : run.resources) {
        ids.insert(id);
    }
    return ids;
}

inline void check_whole(const LocalRun& run, const std::set<std::string>& expected) {
    INFO(run.report.to_json());
    CHECK(run.end.ok());
    CHECK(run.report.is_complete());
    CHECK(run.failures.empty());
    CHECK(run.odd.empty());
    CHECK(ids_of(run) == expected);
}

inline void check_whole(const LocalRun& run, const sim::Simulator& prism) {
    check_whole(run, ids_of(prism));
    CHECK_FALSE(run.has_note("list.fewer_than_counted"));
}

}  // namespace pf::test
