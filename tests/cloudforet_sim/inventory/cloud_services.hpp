// The stored CloudServices: how rows find, make and change them.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/cloudforet_sim/inventory/change_history.hpp"
#include "tests/cloudforet_sim/inventory/row.hpp"

namespace pf::cloudforet_sim {

using Time = std::chrono::sys_seconds;

struct CloudService {
    std::string id;  // cloud_service_id
    bool is_deleted = false;
    // Declared fields as the database has them; tags and metadata are below the provider's name.
    nlohmann::json document;
    Time created_at{};
    Time updated_at{};

    std::string resource_id() const;
    // "AHV/VirtualMachine"
    std::string type() const;
};

// Where a change came from.
struct Origin {
    Time now{};
    std::size_t job_task = 0;
};

// What became of a row, and of which service.
struct Stored {
    std::string id;
    bool is_created = false;
};

class CloudServices {
  public:
    // Applies one CloudService row. Throws Failure when inventory would count it as one.
    Stored take(const Row& row, const Origin& origin);
    // Marks a service as deleted; it matches nothing from then on.
    void erase(const std::string& id, const Origin& origin);

    // Services by cloud_service_id, deleted ones too.
    const std::map<std::string, CloudService>& all() const { return services_; }
    const std::vector<ChangeRecord>& history() const { return history_; }

  private:
    std::optional<std::string> find(const Row& row) const;
    std::vector<std::string> matches_of(const struct Query& query) const;
    Stored create(nlohmann::json values, const Origin& origin);
    Stored update(CloudService& service, nlohmann::json values, const Origin& origin);
    void record(const CloudService& service, Action action, std::vector<Difference> differences,
                const Origin& origin);

    std::map<std::string, CloudService> services_;
    // Ids by reference.resource_id, what the database's index is for.
    std::unordered_multimap<std::string, std::string> by_resource_id_;
    std::vector<ChangeRecord> history_;
    std::size_t last_number_ = 0;
};

}  // namespace pf::cloudforet_sim
