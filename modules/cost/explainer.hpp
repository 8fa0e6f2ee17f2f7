// Tells how the records of one resource come about: its lines add up to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "run.hpp"

namespace cost {

class Explainer final : public Listener {
  public:
    Explainer(Run& run, Output& output, std::string_view resource);

    void shape(const Shape& shape) override;
    void bill(const Bill& bill) override;
    void day(const DayCharge& charge) override;
    void idle(const IdleCharge& charge) override;
    void unpaid(const Pool& pool, std::size_t day, std::int64_t micros) override;

    // Was there anything to tell?
    bool is_found() const noexcept { return is_found_; }

  private:
    void tell_rate(const DayCharge& charge, std::size_t slot);
    void tell_part(const DayCharge& charge, const Part& part);
    void tell_shares(const DayCharge& charge);
    void add(const std::string& what, const std::string& formula, std::int64_t micros);

    Run& run_;
    Output& output_;
    std::string resource_;
    Attribution payers_;
    std::vector<std::string> told_;  // by slot: the rate's formula told last
    bool is_wanted_ = false;
    bool is_found_ = false;
};

}  // namespace cost
