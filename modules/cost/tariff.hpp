// The prices of each cluster on each day, and those of what is priced directly. A rate card is
// known at once; a total-cost rate when it is known how much is allocated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capacity.hpp"
#include "day_rates.hpp"
#include "infrastructure.hpp"
#include "model.hpp"
#include "rate.hpp"
#include "slots.hpp"

namespace cost {

// What machines take of a cluster on a day, times seconds: vCPUs, bytes, bytes.
struct Allocated {
    Wide amount[resource_count] = {};
    Wide machine_seconds = 0;
    std::int64_t bills = 0;   // machines and other things that draw from the pools
    bool is_assumed = false;  // at least one of them
};

// The accounts of a total-cost block on one cluster and day, in millionths where not said
// otherwise.
struct Ledger {
    Capacity capacity;
    std::vector<std::int64_t> lines;  // one per line of the block
    std::int64_t pool[resource_count] = {};
    Wide shared_out[resource_count] = {};  // what rates are divided by, in Capacity's unit
    Wide idle_nano[resource_count] = {};   // exact, in billionths
    bool is_carrying = false;  // what is idle is too little to take in what rounding leaves over
    std::int64_t total() const noexcept { return pool[cpu] + pool[memory] + pool[storage]; }
};

struct ClusterDay {
    const Block* block = nullptr;  // none = nothing is priced
    std::vector<Rate> rates;       // by slot, up to Slots::first_direct()
    Allocated allocated;
    Ledger ledger;  // of a total-cost block

    bool is_tco() const noexcept { return block != nullptr && block->is_tco; }
};

struct TariffInputs {
    const Model& model;
    const Slots& slots;
    const Days& days;
    const Infrastructure& infrastructure;
    DayRates& exchange;
    Output& output;
};

class Tariff {
  public:
    // Chooses the blocks and makes the rates of rate cards and of what is priced directly.
    explicit Tariff(const TariffInputs& inputs);

    // Is there a block whose rates depend on what is allocated?
    bool needs_totals() const noexcept { return has_tco_; }

    // Makes the rates of total-cost blocks, once everything is in allocated. Ends the call for a
    // capacity of 0.
    void settle();

    ClusterDay& at(std::size_t cluster, std::size_t day) {
        return table_[cluster * inputs_.days.size() + day];
    }
    const ClusterDay& at(std::size_t cluster, std::size_t day) const {
        return table_[cluster * inputs_.days.size() + day];
    }

    // The rate of a slot from Slots::first_direct() on. Billionths per fine unit and second.
    const Rate& direct(std::size_t slot, std::size_t day) const {
        return direct_[day * inputs_.slots.size() + slot];
    }

  private:
    void choose(std::size_t cluster, std::size_t day);
    void make_card(ClusterDay& entry, std::size_t day);
    void make_direct(std::size_t day);
    Rate gpu_rate(const Gpu& gpu, std::size_t day);
    void settle(std::size_t cluster, std::size_t day);

    TariffInputs inputs_;
    std::vector<ClusterDay> table_;
    std::vector<Rate> direct_;
    bool has_tco_ = false;
};

// The block that prices a cluster on a day; null when there is none. Ends the call when two have
// the same claim.
const Block* choose_block(const std::vector<Block>& blocks, const Cluster& cluster,
                          const std::string& date);

}  // namespace cost
