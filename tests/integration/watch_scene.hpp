// `prismforet watch` of one simulated Prism Central, in a folder of its own.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/state/outbox.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test {

class WatchScene {
  public:
    // `changes` are merged into a configuration that knows the target, collects machines, tells
    // all that is created or deleted, and finds no CloudForet. Null values take away.
    explicit WatchScene(const sim::Simulator& prism,
                        const nlohmann::json& changes = nlohmann::json::object());
    ~WatchScene();
    WatchScene(const WatchScene&) = delete;
    WatchScene& operator=(const WatchScene&) = delete;

    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    std::string state() const { return file("watch.db"); }
    void write(const std::string& name, const std::string& text) const;
    // The words of a command with its configuration.
    std::vector<std::string> command(const std::string& name,
                                     const std::vector<std::string>& words = {}) const;
    // `prismforet watch` with these words.
    Ended run(const std::vector<std::string>& words) const {
        return run_program(command("watch", words));
    }
    // Merged into its configuration; for what is started from then on.
    void configure(const nlohmann::json& changes);
    // What waits, oldest first, and how many of what there were.
    std::vector<host::state::Parcel> waiting() const;
    host::state::OutboxCounts counts() const;

  private:
    std::filesystem::path folder_;
    nlohmann::json config_;
};

}  // namespace pf::test
