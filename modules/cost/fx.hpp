// Exchange rates by date: how much of the model's currency one unit of another is on a day.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decimal.hpp"

namespace cost {

struct DatedRate {
    std::string date;  // valid from here on
    Wide rate = 0;
};

struct Currency {
    std::string code;
    std::vector<DatedRate> rates;  // ascending by date; none = the model's own currency
};

struct ExchangeRate {
    Wide rate = nano;
    bool is_earlier = false;  // there is none of that very day, it is the last one before
    std::string_view date;    // of the rate
};

// All currencies of a model; position 0 is its own.
class ExchangeTable {
  public:
    explicit ExchangeTable(std::string own) { currencies_.push_back({std::move(own), {}}); }

    void add(Currency currency) { currencies_.push_back(std::move(currency)); }

    // The position of a currency. One that has no rates ends the call.
    std::size_t find(std::string_view code) const;

    // The rate of a day (YYYY-MM-DD): never a later day's. None up to then ends the call.
    ExchangeRate at(std::size_t currency, std::string_view date) const;

    const Currency& currency(std::size_t position) const { return currencies_[position]; }
    std::size_t size() const noexcept { return currencies_.size(); }

  private:
    std::vector<Currency> currencies_;
};

// An amount in another currency, both in billionths, half-even.
inline Wide converted(Wide amount, Wide rate) {
    return divide_half_even(product(amount, rate), nano);
}

}  // namespace cost
