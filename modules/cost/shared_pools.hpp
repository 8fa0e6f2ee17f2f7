// Shared cost: what some machines cost altogether, and fixed amounts, carried by the others.
#pragma once

#include <cstdint>
#include <vector>

#include "bill.hpp"
#include "day_rates.hpp"
#include "infrastructure.hpp"
#include "pricer.hpp"

namespace cost {

struct PoolShare {
    std::size_t pool = 0;
    std::int64_t micros = 0;
    Wide weight = 0;
    Wide all_weights = 0;
};

class SharedPools {
  public:
    SharedPools(const Model& model, const Days& days, const Infrastructure& infrastructure,
                DayRates& exchange);

    bool is_empty() const noexcept { return pools_.empty(); }

    // First all bills are weighed: a part of a pool adds to its cost, a payer to its weights.
    void weigh(const Bill& bill, std::size_t day, std::span<const Part> parts);

    // Begins to hand out shares; what has been weighed stays.
    void restart();

    // Then, in the same order, each payer gets its shares. Together they are the pool's cost,
    // exactly.
    const std::vector<PoolShare>& shares(const Bill& bill, std::size_t day,
                                         std::span<const Part> parts);

    // What nobody pays, since nobody has a weight.
    std::int64_t unpaid(std::size_t pool, std::size_t day) const;

    // What a pool costs on a day.
    std::int64_t cost(std::size_t pool, std::size_t day) const { return account(pool, day).cost; }

  private:
    struct Account {
        std::int64_t cost = 0;
        Wide weights = 0;
        Wide reached = 0;  // weights of those that have their share
        std::int64_t given = 0;
    };
    Account& account(std::size_t pool, std::size_t day) {
        return accounts_[pool * days_.size() + day];
    }
    const Account& account(std::size_t pool, std::size_t day) const {
        return accounts_[pool * days_.size() + day];
    }
    // 0 for who does not pay.
    Wide weight(std::size_t pool, const Bill& bill, std::size_t day,
                std::span<const Part> parts) const;

    const std::vector<Pool>& pools_;
    const Days& days_;
    std::vector<Account> accounts_;
    std::vector<std::vector<bool>> pays_;  // by pool, by cluster
    std::vector<PoolShare> shares_;
    std::size_t tiers_;
};

}  // namespace cost
