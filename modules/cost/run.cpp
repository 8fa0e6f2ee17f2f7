#include "run.hpp"

#include <algorithm>

#include "largest_remainder.hpp"

namespace cost {

Run::Run(pf::Value model, pf::Value days, ShapeSource& source, Output& output)
    : currencies_(read_currencies(model)),
      model_(read_model(model, currencies_)),
      days_(read_days(days, model_)),
      slots_(model_),
      output_(output),
      infrastructure_(model_.storage),
      exchange_(currencies_, days_, output) {
    read_infrastructure(source);
    bills_ = std::make_unique<Bills>(source, model_, slots_, days_, infrastructure_, output_);
    tariff_ = std::make_unique<Tariff>(
        TariffInputs{model_, slots_, days_, infrastructure_, exchange_, output_});
    bills_->learn_hosts();
    if (tariff_->needs_totals()) {
        bills_->each([this](const Bill& bill) { add_totals(bill); });
        tariff_->settle();
    }
    pricer_ = std::make_unique<Pricer>(model_, slots_, days_, *tariff_,
                                       infrastructure_.clusters().size());
    pools_ = std::make_unique<SharedPools>(model_, days_, infrastructure_, exchange_);
    if (!pools_->is_empty()) {
        bills_->each([this](const Bill& bill) {
            for (std::size_t day = bill.first_day(); day < bill.end_day(); ++day)
                pools_->weigh(bill, day, pricer_->price(bill, day));
        });
    }
    note_gaps();
}

void Run::read_infrastructure(ShapeSource& source) {
    source.rewind();
    for (pf::Value shape = source.next(); !shape.is_absent(); shape = source.next())
        infrastructure_.add(shape);
}

void Run::add_totals(const Bill& bill) {
    for (std::size_t day = bill.first_day(); day < bill.end_day(); ++day) {
        ClusterDay& entry = tariff_->at(bill.cluster(), day);
        if (!entry.is_tco()) continue;
        for (std::size_t slot = 0; slot < slots_.first_direct(); ++slot) {
            Wide& amount = entry.allocated.amount[Slots::resource(slot)];
            amount = sum(amount, bill.quantity(day, slot));
        }
        if (bill.is_machine()) entry.allocated.machine_seconds += bill.seconds(day);
        entry.allocated.is_assumed = entry.allocated.is_assumed || !bill.is_measured();
        ++entry.allocated.bills;
    }
}

void Run::note_gaps() {
    const auto& clusters = infrastructure_.clusters();
    for (const std::size_t at : infrastructure_.by_id()) {
        const Cluster& cluster = clusters[at];
        std::size_t unpriced = 0;
        std::size_t oversold = 0;
        for (std::size_t day = 0; day < days_.size(); ++day) {
            const ClusterDay& entry = tariff_->at(at, day);
            if (entry.block == nullptr && cluster.has_priced && cluster.is_there(days_[day]))
                ++unpriced;
            if (!entry.is_tco()) continue;
            for (const Resource resource : {cpu, memory, storage}) {
                const Wide taken =
                    product(entry.allocated.amount[resource], sellable_scale(resource));
                if (taken > entry.ledger.capacity.sellable[resource]) ++oversold;
            }
        }
        if (unpriced > 0)
            output_.note("cost.no_price", cluster.title(),
                         "no price block of the model is for this cluster on " +
                             std::to_string(unpriced) +
                             " of the days: vCPU, memory and storage cost nothing there");
        if (oversold > 0)
            output_.note("cost.oversold", cluster.title(),
                         "more is allocated than can be sold (" + std::to_string(oversold) +
                             " times a resource and day); rates go by what is allocated");
    }
}

void Run::charge(Listener& listener) {
    pricer_->restart();
    pools_->restart();
    const std::vector<PoolShare> none;
    const auto see = [&listener](const Shape& shape) { listener.shape(shape); };
    const auto take = [&](const Bill& bill) {
        listener.bill(bill);
        for (std::size_t day = bill.first_day(); day < bill.end_day(); ++day) {
            if (bill.seconds(day) == 0) continue;
            const std::span<const Part> parts = pricer_->price(bill, day);
            const std::vector<PoolShare>& shares =
                pools_->is_empty() ? none : pools_->shares(bill, day, parts);
            listener.day({bill, day, parts, shares, bill.pool() != no_pool});
        }
    };
    bills_->each(take, see);
    charge_idle(listener);
    for (const Pool& pool : model_.allocation.pools) {
        const auto number = static_cast<std::size_t>(&pool - model_.allocation.pools.data());
        for (std::size_t day = 0; day < days_.size(); ++day)
            if (const std::int64_t micros = pools_->unpaid(number, day); micros > 0)
                listener.unpaid(pool, day, micros);
    }
}

void Run::charge_idle(Listener& listener) {
    for (const std::size_t cluster : infrastructure_.by_id())
        for (std::size_t day = 0; day < days_.size(); ++day)
            if (tariff_->at(cluster, day).is_tco()) idle_of(cluster, day, listener);
}

void Run::idle_of(std::size_t cluster, std::size_t day, Listener& listener) const {
    const ClusterDay& entry = tariff_->at(cluster, day);
    const Ledger& ledger = entry.ledger;
    std::int64_t idle[resource_count] = {};
    std::int64_t left = ledger.total();
    for (const Resource resource : {cpu, memory, storage}) {
        const std::int64_t drawn = pricer_->drawn(cluster, day, resource);
        left -= drawn;
        idle[resource] = ledger.pool[resource] - drawn;
    }
    // Where a total ran on, single pools are off by some millionths and only their sum is right.
    if (ledger.is_carrying) round_to_total(left, ledger.idle_nano, idle);
    for (const Resource resource : {cpu, memory, storage}) {
        if (idle[resource] == 0) continue;
        const Wide unsold = ledger.shared_out[resource] / sellable_scale(resource) -
                            entry.allocated.amount[resource];
        listener.idle({cluster, day, resource, idle[resource], std::max<Wide>(0, unsold)});
    }
}

}  // namespace cost
