// LookupsAhead: the look-ups of a run at one target, filled side by side.
//
// A handler asks for one look-up after the other, and only once its first page is there. Each of
// them costs round trips that need not wait for each other, nor for the page. What was found out,
// a failure included, holds for all calls of the run: a look-up that failed is not asked for again.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "host/services/lookup.hpp"

namespace pf::host::services {

class LookupsAhead {
  public:
    using Filled = Result<std::shared_ptr<const Table>>;

    LookupsAhead(std::shared_ptr<prism::Target> target, prism::ApiWish wish, const Stop& stop,
                 std::shared_ptr<prism::Meter> meter);
    ~LookupsAhead();  // stops what is still being filled and waits for it
    LookupsAhead(const LookupsAhead&) = delete;
    LookupsAhead& operator=(const LookupsAhead&) = delete;

    // Begins to find out which API serves the output's list, and to fill the look-ups its handler
    // opens, on threads of their own. Where v3 serves a look-up it is left for get(): entities of
    // v3 mostly bring the names along. `descriptor` outlives this object.
    void start(const Descriptor& descriptor, const Output& output);
    // The look-up's table; waits while it is being filled, and fills it when nobody has begun.
    // From any thread. Wakes on the stop of the run.
    Filled get(const Descriptor& descriptor, std::uint32_t lookup);

  private:
    struct Slot {
        bool is_running = false;
        std::optional<Filled> result;
    };
    void run(const std::string& key, const Endpoint& endpoint, const Lookup& lookup);
    bool is_served_by_v4(const Endpoint& endpoint);
    template <class Work>
    void begin(Work work);

    const std::shared_ptr<prism::Target> target_;
    const prism::ApiWish wish_;
    const std::shared_ptr<prism::Meter> meter_;
    StopSource own_;
    const Stop stop_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, Slot> slots_;  // by what the table is made of
    std::set<std::string> asked_;        // API namespaces whose version is being found out
    std::vector<std::thread> threads_;
    std::stop_callback<std::function<void()>> on_stop_;  // last: uses the above
};

}  // namespace pf::host::services
