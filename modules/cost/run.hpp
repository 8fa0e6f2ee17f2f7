// One request from beginning to end: what is known of clusters, what is allocated, the rates, and
// then the charges of each bill and day, in the order of the shapes. Everything that can fail for
// the model's or the days' sake has failed before the first charge.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "attribution.hpp"
#include "bills.hpp"
#include "model_read.hpp"
#include "pricer.hpp"
#include "shared_pools.hpp"
#include "tariff.hpp"

namespace cost {

// What one bill comes to on one day.
struct DayCharge {
    const Bill& bill;
    std::size_t day;
    std::span<const Part> parts;
    const std::vector<PoolShare>& shares;  // of shared pools
    bool is_shared_out;                    // the parts are carried by others, through bill.pool()
};

// What is unsold of a cluster's pool on a day.
struct IdleCharge {
    std::size_t cluster;
    std::size_t day;
    Resource resource;
    std::int64_t micros;
    Wide quantity;  // vCPU-seconds or byte-seconds
};

class Listener {
  public:
    virtual ~Listener() = default;
    // A shape that is on the next bill.
    virtual void shape(const Shape&) {}
    // A bill's days follow, in order.
    virtual void bill(const Bill& bill) = 0;
    virtual void day(const DayCharge& charge) = 0;
    virtual void idle(const IdleCharge& charge) = 0;
    // A shared pool's cost that nobody carries.
    virtual void unpaid(const Pool& pool, std::size_t day, std::int64_t micros) = 0;
};

class Run {
  public:
    // Reads the model and the days, and all shapes as often as needed to have the rates.
    Run(pf::Value model, pf::Value days, ShapeSource& source, Output& output);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    // Tells every charge. May be done again, with the same result.
    void charge(Listener& listener);

    const Model& model() const noexcept { return model_; }
    const Days& days() const noexcept { return days_; }
    const Slots& slots() const noexcept { return slots_; }
    const Infrastructure& infrastructure() const noexcept { return infrastructure_; }
    const Tariff& tariff() const noexcept { return *tariff_; }
    const Pricer& pricer() const noexcept { return *pricer_; }
    const SharedPools& pools() const noexcept { return *pools_; }
    Output& output() noexcept { return output_; }

  private:
    void read_infrastructure(ShapeSource& source);
    void add_totals(const Bill& bill);
    void note_gaps();
    void charge_idle(Listener& listener);
    void idle_of(std::size_t cluster, std::size_t day, Listener& listener) const;

    ExchangeTable currencies_;
    Model model_;
    Days days_;
    Slots slots_;
    Output& output_;
    Infrastructure infrastructure_;
    DayRates exchange_;
    std::unique_ptr<Bills> bills_;
    std::unique_ptr<Tariff> tariff_;
    std::unique_ptr<Pricer> pricer_;
    std::unique_ptr<SharedPools> pools_;
};

}  // namespace cost
