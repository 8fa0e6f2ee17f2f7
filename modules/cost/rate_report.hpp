// What a model comes to over the days asked for: rates, capacity, pools, what is charged and what
// is unsold, cluster by cluster. Per cluster the lines of section pool that add up are the sum of
// those of resource, idle and rounding.
#pragma once

#include <vector>

#include "run.hpp"

namespace cost {

class RateReport final : public Listener {
  public:
    RateReport(Run& run, Output& output);

    void bill(const Bill&) override {}
    void day(const DayCharge&) override {}
    void idle(const IdleCharge& charge) override;
    void unpaid(const Pool&, std::size_t, std::int64_t) override {}

    // Writes the lines, after the last charge.
    void finish();

  private:
    // A cluster's days with one block.
    struct Spread {
        const Block* block = nullptr;
        std::size_t first_day = 0;
        std::int64_t seconds = 0;
        Wide node_seconds = 0;
        Wide sellable[resource_count] = {};
        Wide planned[resource_count] = {};
        Wide taken[resource_count] = {};
        Wide shared_out[resource_count] = {};
        Wide idle_nano[resource_count] = {};
        std::int64_t idle[resource_count] = {};
        std::int64_t pool[resource_count] = {};
        std::int64_t charged[resource_count] = {};
        std::vector<std::int64_t> lines;
    };

    std::vector<Spread> spreads_of(std::size_t cluster) const;
    void add_day(std::size_t cluster, std::size_t day, Spread& spread) const;
    void tell_card(std::size_t cluster, const Spread& spread);
    void tell_capacity(std::size_t cluster, const Spread& spread);
    void tell_pools(std::size_t cluster, const Spread& spread);
    void tell_resource(std::size_t cluster, const Spread& spread, Resource resource);
    void tell_direct();
    void tell(std::string_view section, const std::string& what, const std::string& formula,
              const std::string& value, const std::string& unit);
    void add(std::string_view section, const std::string& what, const std::string& formula,
             std::int64_t micros);

    Run& run_;
    Output& output_;
    std::vector<std::int64_t> idle_;  // by cluster, day, resource
};

}  // namespace cost
