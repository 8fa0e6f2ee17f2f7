// A whole site: a simulated Prism Central, the plugin with every module that was built, and an
// inventory that keeps what arrives, on a clock of its own.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/inventory/collection.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test {

// A kind some module in service makes, and where Prism lists it.
struct KnownKind {
    std::string kind;
    std::string type;        // "AHV/VirtualMachine"
    std::string api;         // "vmm"; empty: v4 does not have it
    std::string list_v4;     // "/ahv/config/vms": what is behind the version
    std::string order_v4;    // what the list is ordered by; empty: nothing is asked
    std::string id_v4;       // dotted path of the id in an entry
    std::string list_v3;     // "vms/list"; empty: v3 does not have it
    bool is_shared = false;  // another kind reads the same list
};

class CloudForetSite {
  public:
    explicit CloudForetSite(const sim::Config& config = {});

    sim::Simulator& prism() { return *prism_; }
    // The same world in another Prism Central: what an upgrade of it looks like.
    void replace_prism(const sim::Config& config);
    cloudforet_sim::Inventory& inventory() { return inventory_; }
    std::vector<KnownKind> kinds();
    // Lets this much time pass for the inventory.
    void wait(std::chrono::minutes time) { now_ += time; }

    // One collection by tasks. `options` are added to those every test wants: no rate limit, no
    // links (they name the port), every kind there is by name.
    cloudforet_sim::Collection collect(const nlohmann::json& options, bool by_tasks = true);
    cloudforet_sim::Collection collect();
    // As CloudForet sends it; replaces this Prism's secret from then on.
    void set_secret(const std::string& secret) { secret_ = secret; }

    // The job task of a collection, and its history.
    const cloudforet_sim::JobTask& job(const cloudforet_sim::Collection& collection) const {
        return inventory_.job_task(collection.job_task);
    }
    std::vector<cloudforet_sim::ChangeRecord> history(
        const cloudforet_sim::Collection& collection) const {
        return inventory_.history(collection.job_task);
    }

  private:
    cloudforet_sim::Time now_{std::chrono::hours(480000)};
    cloudforet_sim::Inventory inventory_{[this] { return now_; }};
    std::unique_ptr<sim::Simulator> prism_;
    std::string secret_;
    Plugin plugin_{PluginConfig{.has_all = true}};
    std::unique_ptr<ReflectionClient> client_;
};

// What is stored of every service there is, by "type id": for comparing two inventories, or one
// with itself some runs later.
std::map<std::string, nlohmann::json> documents_of(const cloudforet_sim::Inventory& inventory);

// Where two inventories differ: "AHV/VirtualMachine data.disks: 12" with one example, one line
// each.
std::string differences_of(const std::map<std::string, nlohmann::json>& a,
                           const std::map<std::string, nlohmann::json>& b);

// "type: count" for every type, one line each.
std::string counts_in_words(const cloudforet_sim::Inventory& inventory);

// The resource ids of one type.
std::set<std::string> ids_of_type(const cloudforet_sim::Inventory& inventory,
                                  const std::string& type);

}  // namespace pf::test
