// Scene: one simulated Prism Central, what stands before it, and a collection by the runtime of the
// host with limits that keep a test short. The host is a black box behind runtime::Inventory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "host/prism/target.hpp"
#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "tests/faults/situation.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test {

// What a collection has brought.
struct Outcome {
    host::runtime::RunReport report;
    std::vector<std::string> rows;      // serialized ResourceInfo
    std::vector<std::string> failures;  // messages of FAILURE rows
    std::set<std::string> ids;          // of VM rows
    std::uint64_t vm_rows = 0;
    std::string violations;  // of CloudForet's rules, by the row check; empty: none

    bool is_complete() const { return report.is_complete(); }
    // "complete", "partial CODE" or "failed CODE".
    std::string verdict() const;
    // Why the run is not complete: codes and texts, notes apart.
    std::string reasons() const;
    std::string notes() const;
    // The resource of the first VM row with these bytes in it, as JSON text, its data unfolded;
    // "null" when there is none.
    std::string row_with(const std::string& bytes) const;
};

class Scene {
  public:
    explicit Scene(const Situation& situation);
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    const Situation at;

    // To be changed before start(): the server, the host's limits and options, more of the secret.
    sim::Config prism;
    host::prism::Limits limits;
    std::map<std::string, std::string> options;  // values are JSON text
    std::map<std::string, std::string> secret;   // the same; the server's own port and CA if absent

    // A fault at the page of the VM list this scene is about; `keys` as "first=1:bytes=2".
    void fault(const std::string& name, const std::string& keys = "");
    // A fault as the simulator's command line takes it.
    void fault_anywhere(const std::string& text) { prism.faults.push_back(text); }
    // Keeps something alive as long as the scene.
    template <class Prop, class... Arguments>
    Prop& keep(Arguments&&... arguments) {
        auto prop = std::make_shared<Prop>(std::forward<Arguments>(arguments)...);
        props_.push_back(prop);
        return *prop;
    }

    // Starts the simulator.
    void start();
    sim::Simulator& server() { return *server_; }
    sim::Stats stats() const { return server_->stats(); }
    // Requests for the VM list so far.
    std::uint64_t list_requests() const;
    // Ids of the VMs that were there before the first collection and are there now.
    std::set<std::string> steady_ids() const;

    // One collection, with everything checked that holds for any outcome. `options` as they are.
    Outcome collect();
    // As many collections at once, in the targets they share, each checked as by collect().
    std::vector<Outcome> collect_at_once(std::size_t count);
    // Collector.verify.
    host::Status verify();

  private:
    host::runtime::Request request() const;
    void run(const host::runtime::Request& request, Outcome& outcome);
    void check_always(const Outcome& outcome) const;

    std::unique_ptr<sim::Simulator> server_;
    std::vector<std::string> ids_before_;
    std::vector<std::shared_ptr<void>> props_;
    std::unique_ptr<host::prism::Targets> targets_;
};

}  // namespace pf::test
