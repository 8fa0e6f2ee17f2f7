// Writes charges as records: one for each resource, usage type and day, more only where several
// pay.
#pragma once

#include <string>
#include <vector>

#include "run.hpp"

namespace cost {

class ChargeWriter final : public Listener {
  public:
    ChargeWriter(Run& run, Output& output);

    void bill(const Bill& bill) override;
    void day(const DayCharge& charge) override;
    void idle(const IdleCharge& charge) override;
    void unpaid(const Pool& pool, std::size_t day, std::int64_t micros) override;

    // Notes about the whole, after the last charge.
    void finish();

  private:
    // One amount to those who pay.
    void write(std::int64_t micros, std::int64_t quantity_micros);

    Run& run_;
    Output& output_;
    const Allocation& allocation_;
    Attribution payers_;
    Record record_;
    std::vector<std::string> pool_types_;  // "shared.<pool>"
    std::vector<std::int64_t> amounts_;
    std::vector<std::int64_t> quantities_;
    std::int64_t hidden_ = 0;
    bool has_bills_ = false;
};

// "idle.vcpu" and what a quantity of it counts.
std::string_view idle_type(Resource resource) noexcept;
std::string_view idle_unit(Resource resource) noexcept;
Wide idle_per_unit(Resource resource) noexcept;

// Millionths of a unit, half-even.
std::int64_t quantity_micros(Wide quantity, Wide per_unit);

// "tco" or "rate-card".
std::string_view model_word(const ClusterDay& entry) noexcept;

}  // namespace cost
