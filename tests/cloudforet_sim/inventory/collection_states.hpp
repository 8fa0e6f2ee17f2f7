// Who saw which CloudService last, and how often it was missing since: how resources disappear.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/cloudforet_sim/inventory/cloud_services.hpp"

namespace pf::cloudforet_sim {

// Whose collection it is.
struct Source {
    std::string collector = "collector-1";
    std::string secret = "secret-1";

    auto operator<=>(const Source&) const = default;
};

class CollectionStates {
  public:
    // Runs without a resource after which it is deleted.
    static constexpr int deleted_at = 3;
    // A record that was written less than this ago is left alone.
    static constexpr std::chrono::hours young{1};

    struct Counts {
        std::size_t disconnected = 0;  // missing, not deleted yet
        std::size_t deleted = 0;
    };

    // A row of this job task was stored as this service.
    void see(const Source& source, const std::string& service, std::size_t job_task, Time now);
    // Ends a complete job task: what it did not see is missing once more. Returns the counts, and
    // in `gone` the services of the collector that were missing too often; their records go.
    Counts miss(const Source& source, std::size_t job_task, Time now,
                std::vector<std::string>& gone);
    // Runs in which the service was missing; 0 when it has no record.
    int disconnected_count(const std::string& service) const;

  private:
    struct State {
        std::size_t job_task = 0;
        int disconnected_count = 0;
        Time updated_at{};  // when it was last seen: counting does not touch it
    };

    std::map<std::pair<Source, std::string>, State> states_;
};

}  // namespace pf::cloudforet_sim
