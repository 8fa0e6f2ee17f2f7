#include "rate_words.hpp"

namespace cost {

std::string unit_price(const Rate& rate, Wide per_unit) {
    return decimal_text(rate.cost(per_unit), 9);
}

std::string amount_text(Resource resource, Wide sellable, Wide seconds) {
    const Wide unit = resource == cpu ? static_cast<Wide>(nano) : static_cast<Wide>(gib);
    return plain_text(divide_half_even(product(sellable, nano), product(unit, seconds)));
}

std::string_view amount_unit(Resource resource) noexcept {
    return resource == cpu ? "vCPU" : "GiB";
}

std::string money(std::int64_t micros) { return decimal_text(product(micros, nano_per_micro), 6); }

const Rate& rate_of(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot) {
    if (slot < run.slots().first_direct()) return run.tariff().at(cluster, day).rates[slot];
    return run.tariff().direct(slot, day);
}

std::string slot_price(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot) {
    const bool is_weighted = !run.model().bands.empty() && slot < first_tier_slot &&
                             !run.tariff().at(cluster, day).is_tco();
    const Wide unit = run.slots()[slot].per_unit;
    return unit_price(rate_of(run, cluster, day, slot), is_weighted ? product(unit, nano) : unit);
}

std::string rate_formula(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot) {
    if (slot >= run.slots().first_direct()) return "the model's price, in the model's currency";
    const ClusterDay& entry = run.tariff().at(cluster, day);
    if (!entry.is_tco()) {
        return "the price of rate card '" + entry.block->name + "', in the model's currency" +
               (run.model().bands.empty() || slot >= first_tier_slot ? ""
                                                                     : ", times the band's factor");
    }
    const Resource resource = Slots::resource(slot);
    const Ledger& ledger = entry.ledger;
    const std::int64_t seconds = run.days()[day].seconds();
    const std::string unit(amount_unit(resource));
    const Wide taken = product(entry.allocated.amount[resource], sellable_scale(resource));
    return "pool " + money(ledger.pool[resource]) + " / " +
           amount_text(resource, ledger.shared_out[resource], seconds) + " " + unit +
           " (planned to sell " +
           amount_text(resource, ledger.capacity.planned[resource], seconds) + ", allocated " +
           amount_text(resource, taken, seconds) + ") / " +
           plain_text(divide_half_even(product(seconds, nano), hour_seconds)) + " h";
}

}  // namespace cost
