#include "fx.hpp"

#include <algorithm>

namespace cost {

std::size_t ExchangeTable::find(std::string_view code) const {
    for (std::size_t i = 0; i < currencies_.size(); ++i)
        if (currencies_[i].code == code) return i;
    throw pf::Failure(PF_FAILED_PRECONDITION,
                      "the cost model has no exchange rates for " + std::string(code) +
                          ": add it to fx, or state the prices in " + currencies_[0].code);
}

ExchangeRate ExchangeTable::at(std::size_t currency, std::string_view date) const {
    const Currency& table = currencies_[currency];
    if (currency == 0) return {nano, false, date};
    const auto later = std::upper_bound(
        table.rates.begin(), table.rates.end(), date,
        [](std::string_view day, const DatedRate& rate) { return day < rate.date; });
    if (later == table.rates.begin()) {
        throw pf::Failure(PF_FAILED_PRECONDITION,
                          "the cost model has no exchange rate of " + table.code + " for " +
                              std::string(date) +
                              " or an earlier day, and a later one is never taken: add it to fx");
    }
    const DatedRate& rate = *(later - 1);
    return {rate.rate, rate.date != date, rate.date};
}

}  // namespace cost
