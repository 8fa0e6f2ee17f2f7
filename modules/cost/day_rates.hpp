// The exchange rates of the request's days. Each is looked up before the first record goes out, so
// that a missing one leaves nothing half done.
#pragma once

#include <vector>

#include "days.hpp"
#include "fx.hpp"
#include "output.hpp"

namespace cost {

class DayRates {
  public:
    DayRates(const ExchangeTable& table, const Days& days, Output& output)
        : table_(table), days_(days), output_(output), is_told_(table.size(), false) {}

    // The rate of a currency on the day number `day`. An earlier day's rate is noted once per
    // currency; none ends the call.
    Wide at(std::size_t currency, std::size_t day) {
        const ExchangeRate rate = table_.at(currency, days_[day].date);
        if (rate.is_earlier && !is_told_[currency]) {
            is_told_[currency] = true;
            output_.note("cost.fx_earlier", table_.currency(currency).code,
                         "there is no exchange rate of " + days_[day].date + ", that of " +
                             std::string(rate.date) +
                             " is taken; the same may hold for later days");
        }
        return rate.rate;
    }

  private:
    const ExchangeTable& table_;
    const Days& days_;
    Output& output_;
    std::vector<bool> is_told_;
};

}  // namespace cost
