// The stored CloudServiceTypes, Regions, Namespaces and Metrics.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/cloudforet_sim/inventory/cloud_services.hpp"
#include "tests/cloudforet_sim/inventory/row.hpp"

namespace pf::cloudforet_sim {

struct Entry {
    nlohmann::json document;
    Time updated_at{};  // when a row last wrote it
    // Of a metric: how often its stored data was thrown away, because what it asks for changed.
    int data_resets = 0;
};

class Catalogue {
  public:
    // Applies a row of one of these kinds: types and regions by match rules, the others by their
    // id, and then only when the version is another. Throws Failure.
    void take(const Row& row, Time now);
    // Types and regions that no row wrote for too long go (72 and 48 hours).
    void clean(Time now);

    // By "provider/group/name".
    std::map<std::string, nlohmann::json> types() const;
    // By region_code.
    std::map<std::string, nlohmann::json> regions() const;
    // By namespace_id and metric_id.
    const std::map<std::string, Entry>& namespaces() const { return namespaces_; }
    const std::map<std::string, Entry>& metrics() const { return metrics_; }

  private:
    void match(RowKind kind, std::vector<Entry>& entries, const Row& row, Time now);
    void upsert(RowKind kind, std::map<std::string, Entry>& entries, const std::string& id_key,
                const Row& row, Time now);

    std::vector<Entry> types_;
    std::vector<Entry> regions_;
    std::map<std::string, Entry> namespaces_;
    std::map<std::string, Entry> metrics_;
};

}  // namespace pf::cloudforet_sim
