#include "pricer.hpp"

#include "largest_remainder.hpp"

namespace cost {
namespace {

Wide exact_total(std::span<const Part> parts) {
    Wide total = 0;
    for (const Part& part : parts) total = sum(total, part.nano);
    return total;
}

}  // namespace

std::int64_t total_of(std::span<const Part> parts) {
    Wide total = 0;
    for (const Part& part : parts) total = sum(total, part.micros);
    return narrow(total);
}

void Pricer::add_part(std::size_t slot, Wide quantity, Wide priced, const Rate& rate) {
    if (quantity == 0 || rate.is_free()) return;
    parts_.push_back({slot, quantity, priced, rate.cost(priced), 0});
}

std::int64_t Pricer::carried_total(const ClusterDay& entry, Account& account,
                                   std::span<const Part> parts) const {
    for (const Part& part : parts) {
        Wide& quantity = account.quantity[Slots::resource(part.slot)];
        quantity = sum(quantity, part.quantity);
    }
    Wide due = 0;
    for (const Resource resource : {cpu, memory, storage}) {
        const std::size_t slot = resource == storage ? first_tier_slot : resource;
        due = sum(due, entry.rates[slot].cost(account.quantity[resource]));
    }
    const std::int64_t until_here = to_micros(due);
    const std::int64_t total = until_here - account.given;
    account.given = until_here;
    return total;
}

void Pricer::round(std::span<Part> parts, std::int64_t total) {
    exact_.clear();
    for (const Part& part : parts) exact_.push_back(part.nano);
    rounded_.resize(parts.size());
    round_to_total(total, exact_, rounded_);
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].micros = rounded_[i];
}

std::span<const Part> Pricer::price(const Bill& bill, std::size_t day) {
    parts_.clear();
    const ClusterDay& entry = tariff_.at(bill.cluster(), day);
    Account& account = accounts_[bill.cluster() * days_.size() + day];
    const std::size_t pooled = entry.block == nullptr ? 0 : slots_.first_direct();
    const bool has_bands = !model_.bands.empty() && !entry.is_tco();
    for (std::size_t slot = 0; slot < pooled; ++slot) {
        const Wide quantity = bill.quantity(day, slot);
        const bool is_weighted = has_bands && slot < first_tier_slot;
        add_part(slot, quantity, is_weighted ? bill.weighted(day, slot) : quantity,
                 entry.rates[slot]);
    }
    const std::size_t border = parts_.size();
    for (std::size_t slot = slots_.first_direct(); slot < slots_.size(); ++slot) {
        const Wide quantity = bill.quantity(day, slot);
        add_part(slot, quantity, quantity, tariff_.direct(slot, day));
    }
    const auto from_pools = std::span(parts_).first(border);
    const auto direct = std::span(parts_).subspan(border);
    round(from_pools, entry.is_tco() && entry.ledger.is_carrying
                          ? carried_total(entry, account, from_pools)
                          : to_micros(exact_total(from_pools)));
    round(direct, to_micros(exact_total(direct)));
    for (const Part& part : from_pools) account.drawn[Slots::resource(part.slot)] += part.micros;
    return parts_;
}

}  // namespace cost
