// Rates of total cost: each pool over what the cluster can sell, or over what is allocated when
// that is more.
#include <algorithm>

#include "line_amounts.hpp"
#include "tariff.hpp"

namespace cost {
namespace {

bool is_drawn(const Allocated& allocated) noexcept {
    return allocated.amount[cpu] > 0 || allocated.amount[memory] > 0 ||
           allocated.amount[storage] > 0;
}

// Too little is idle when rounding may take more than that: each record is off by less than a
// millionth.
bool is_scarce(const Ledger& ledger, std::int64_t bills, std::size_t storage_parts) {
    for (std::size_t i = 0; i < resource_count; ++i) {
        const Wide parts = i == storage ? static_cast<Wide>(storage_parts) : 1;
        if (ledger.idle_nano[i] < (product(bills, parts) + 2) * nano_per_micro) return true;
    }
    return false;
}

void fill_pools(const LineContext& context, Ledger& ledger) {
    for (const Line& line : context.block.lines) {
        const std::int64_t amount = line_amount(line, context);
        std::int64_t parts[resource_count] = {};
        split_line(line, amount, parts);
        ledger.lines.push_back(amount);
        for (std::size_t i = 0; i < resource_count; ++i)
            ledger.pool[i] = narrow(sum(ledger.pool[i], parts[i]));
    }
}

}  // namespace

void Tariff::settle() {
    for (std::size_t cluster = 0; cluster < inputs_.infrastructure.clusters().size(); ++cluster)
        for (std::size_t day = 0; day < inputs_.days.size(); ++day)
            if (at(cluster, day).is_tco()) settle(cluster, day);
}

void Tariff::settle(std::size_t cluster, std::size_t day) {
    const Cluster& facts = inputs_.infrastructure.clusters()[cluster];
    const Day& date = inputs_.days[day];
    ClusterDay& entry = at(cluster, day);
    if (!facts.is_there(date) && !is_drawn(entry.allocated)) {
        entry.block = nullptr;
        return;
    }
    Ledger& ledger = entry.ledger;
    const CapacityRules& rules = entry.block->capacity;
    ledger.capacity = capacity_of(rules, facts.facts(date), date.seconds(),
                                  inputs_.model.storage.basis == Basis::physical,
                                  "cluster " + facts.title() + " on " + date.date);
    fill_pools(
        {*entry.block, date, ledger.capacity, inputs_.exchange.at(entry.block->currency, day),
         entry.allocated.machine_seconds, facts.watts(date)},
        ledger);
    const bool is_shared = inputs_.model.allocation.idle == IdlePolicy::share;
    for (const Resource resource : {cpu, memory, storage}) {
        const Wide scale = sellable_scale(resource);
        const Wide taken = product(entry.allocated.amount[resource], scale);
        const Wide planned = ledger.capacity.planned[resource];
        const Wide by = is_shared && taken > 0 ? taken : std::max(planned, taken);
        const Wide pool = product(ledger.pool[resource], nano_per_micro);
        const Rate rate = make_rate(product(pool, scale), by);
        ledger.shared_out[resource] = by;
        ledger.idle_nano[resource] = pool - rate.cost(entry.allocated.amount[resource]);
        for (std::size_t slot = 0; slot < entry.rates.size(); ++slot)
            if (Slots::resource(slot) == resource) entry.rates[slot] = rate;
    }
    ledger.is_carrying =
        is_scarce(ledger, entry.allocated.bills, entry.rates.size() - first_tier_slot);
}

}  // namespace cost
