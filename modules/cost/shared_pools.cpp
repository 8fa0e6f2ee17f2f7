#include "shared_pools.hpp"

#include "line_amounts.hpp"

namespace cost {

SharedPools::SharedPools(const Model& model, const Days& days, const Infrastructure& infrastructure,
                         DayRates& exchange)
    : pools_(model.allocation.pools),
      days_(days),
      accounts_(pools_.size() * days.size()),
      tiers_(model.storage.tiers.size()) {
    for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
        std::vector<bool>& pays = pays_.emplace_back();
        for (const Cluster& cluster : infrastructure.clusters())
            pays.push_back(names_cluster(pools_[pool].clusters, cluster.id, cluster.name));
        const Price& price = pools_[pool].price;
        for (std::size_t day = 0; day < days.size(); ++day) {
            if (price.amount == 0) continue;
            const Rate second = price_per_second(price.amount, price.period, days[day]);
            account(pool, day).cost =
                share_of_day(scaled(second, exchange.at(price.currency, day)), days[day]);
        }
    }
}

Wide SharedPools::weight(std::size_t pool, const Bill& bill, std::size_t day,
                         std::span<const Part> parts) const {
    if (!bill.is_machine() || bill.pool() != no_pool || !pays_[pool][bill.cluster()]) return 0;
    switch (pools_[pool].weight) {
        case Weight::even:
            return bill.seconds(day);
        case Weight::direct_cost:
            return total_of(parts);
        case Weight::vcpus:
            return bill.quantity(day, vcpu_slot);
        case Weight::memory:
            return bill.quantity(day, memory_slot);
        case Weight::storage:
            break;
    }
    Wide bytes = 0;
    for (std::size_t tier = 0; tier < tiers_; ++tier)
        bytes = sum(bytes, bill.quantity(day, first_tier_slot + tier));
    return bytes;
}

void SharedPools::weigh(const Bill& bill, std::size_t day, std::span<const Part> parts) {
    if (bill.pool() != no_pool) {
        Account& of_pool = account(bill.pool(), day);
        of_pool.cost = narrow(sum(of_pool.cost, total_of(parts)));
    }
    for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
        Account& of_pool = account(pool, day);
        of_pool.weights = sum(of_pool.weights, weight(pool, bill, day, parts));
    }
}

void SharedPools::restart() {
    for (Account& account : accounts_) {
        account.reached = 0;
        account.given = 0;
    }
}

const std::vector<PoolShare>& SharedPools::shares(const Bill& bill, std::size_t day,
                                                  std::span<const Part> parts) {
    shares_.clear();
    for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
        Account& of_pool = account(pool, day);
        const Wide own = weight(pool, bill, day, parts);
        if (own == 0) continue;
        of_pool.reached = sum(of_pool.reached, own);
        const std::int64_t until_here =
            narrow(divide_half_even(product(of_pool.cost, of_pool.reached), of_pool.weights));
        shares_.push_back({pool, until_here - of_pool.given, own, of_pool.weights});
        of_pool.given = until_here;
    }
    return shares_;
}

std::int64_t SharedPools::unpaid(std::size_t pool, std::size_t day) const {
    return account(pool, day).cost - account(pool, day).given;
}

}  // namespace cost
