#pragma once
// Requests for statistics that tests share, at a moment that stands still: 2026-11-23T12:00:00Z.

#include <string>

#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/sim_fixture.hpp"
#include "tests/prism_sim/v4/stats_query.hpp"

namespace pf::sim::stats_requests {

inline constexpr std::uint64_t kNoon = 1'795'435'200;
inline constexpr char kVmStats[] = "/api/vmm/v4.3/ahv/stats/vms";
inline constexpr char kEsxiStats[] = "/api/vmm/v4.3/esxi/stats/vms";
inline constexpr char kClusterStats[] = "/api/clustermgmt/v4.3/stats/clusters/";
inline constexpr char kContainerStats[] = "/api/clustermgmt/v4.3/stats/storage-containers/";
inline constexpr char kVolumeGroupStats[] = "/api/volumes/v4.3/stats/volume-groups/";

inline Config at_noon(Config config) {
    config.statistics.now_s = kNoon;
    return config;
}

/// The `data` of an answer: of one VM its `stats`, empty where there are none.
inline nlohmann::json data_of(SimFixture& sim, const std::string& target) {
    const nlohmann::json answer = sim.json(target);
    REQUIRE(sim.response.status == 200);
    const nlohmann::json data = answer.value("data", nlohmann::json::array());
    return data.is_object() && data.contains("stats") ? data["stats"] : data;
}

/// Parameters of a window: `?$startTime=...`.
inline std::string span(const std::string& start, const std::string& end, std::uint32_t step) {
    return "?$startTime=" + start + "&$endTime=" + end +
           "&$samplingInterval=" + std::to_string(step);
}
/// The hour before noon.
inline std::string hour(std::uint32_t step) {
    return span("2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z", step);
}

/// The first VM that runs and ran all of the last two days.
inline std::string running_vm(const SimFixture& sim) {
    for (std::uint32_t serial = 0; serial < sim.simulation.world().size.vms; ++serial)
        if (sim.simulation.statistics().running_seconds(serial, kNoon - 172'800, kNoon) == 172'800)
            return to_text(vm_id(sim.simulation.world(), serial));
    FAIL("no VM runs");
    return {};
}

}  // namespace pf::sim::stats_requests
