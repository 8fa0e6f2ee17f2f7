#include "tariff.hpp"

#include "line_amounts.hpp"

namespace cost {
namespace {

constexpr Wide months_a_year = 12;

Rate divided(const Rate& rate, Wide by) { return make_rate(rate.per, product(rate.by, by)); }

Rate added(const Rate& a, const Rate& b) {
    return make_rate(sum(product(a.per, b.by), product(b.per, a.by)), product(a.by, b.by));
}

}  // namespace

const Block* choose_block(const std::vector<Block>& blocks, const Cluster& cluster,
                          const std::string& date) {
    const Block* best = nullptr;
    bool is_best_named = false;
    bool is_tie = false;
    for (const Block& block : blocks) {
        if (block.valid_from > date) continue;
        const bool is_named = names_cluster_itself(block.clusters, cluster.id, cluster.name);
        if (!is_named && !names_cluster(block.clusters, cluster.id, cluster.name)) continue;
        if (best != nullptr && is_best_named && !is_named) continue;
        const bool is_stronger = best == nullptr || is_named != is_best_named;
        if (!is_stronger && block.valid_from < best->valid_from) continue;
        is_tie = !is_stronger && block.valid_from == best->valid_from;
        if (is_tie) {
            throw pf::Failure(PF_FAILED_PRECONDITION,
                              "'" + best->name + "' and '" + block.name +
                                  "' of the cost model both price cluster " + cluster.title() +
                                  " on " + date + ": name it in one of them, or set valid_from");
        }
        best = &block;
        is_best_named = is_named;
    }
    return best;
}

Tariff::Tariff(const TariffInputs& inputs)
    : inputs_(inputs),
      table_(inputs.infrastructure.clusters().size() * inputs.days.size()),
      direct_(inputs.slots.size() * inputs.days.size()) {
    for (std::size_t day = 0; day < inputs_.days.size(); ++day) {
        make_direct(day);
        for (std::size_t c = 0; c < inputs_.infrastructure.clusters().size(); ++c) choose(c, day);
    }
}

void Tariff::choose(std::size_t cluster, std::size_t day) {
    const Cluster& facts = inputs_.infrastructure.clusters()[cluster];
    ClusterDay& entry = at(cluster, day);
    entry.block = choose_block(inputs_.model.blocks, facts, inputs_.days[day].date);
    // What belongs to no cluster draws from no cluster's costs.
    if (entry.is_tco() && facts.id.empty()) entry.block = nullptr;
    entry.rates.assign(inputs_.slots.first_direct(), Rate{});
    if (entry.is_tco()) {
        has_tco_ = true;
    } else if (entry.block != nullptr) {
        make_card(entry, day);
    }
}

void Tariff::make_card(ClusterDay& entry, std::size_t day) {
    const RateCard& card = entry.block->card;
    const Wide exchange = inputs_.exchange.at(entry.block->currency, day);
    // Quantities of vCPU and memory are weighted with the bands' factors, in billionths.
    const Wide weight = inputs_.model.bands.empty() ? 1 : static_cast<Wide>(nano);
    entry.rates[vcpu_slot] = scaled(make_rate(card.vcpu_hour, hour_seconds * weight), exchange);
    entry.rates[memory_slot] = scaled(
        make_rate(card.memory_gib_hour, static_cast<Wide>(gib) * hour_seconds * weight), exchange);
    for (std::size_t tier = 0; tier < card.tier_gib_month.size(); ++tier) {
        const Rate second = per_second({card.tier_gib_month[tier], 1}, inputs_.days[day]);
        entry.rates[first_tier_slot + tier] = scaled(divided(second, gib), exchange);
    }
}

Rate Tariff::gpu_rate(const Gpu& gpu, std::size_t day) {
    const Day& date = inputs_.days[day];
    if (gpu.hour) return make_rate(*gpu.hour, hour_seconds);
    const Rate month =
        added(month_of(gpu.purchase, date.month), make_rate(gpu.year, months_a_year));
    return per_second(month, date);
}

void Tariff::make_direct(std::size_t day) {
    const Model& model = inputs_.model;
    const auto set = [&](std::size_t slot, const Rate& second, std::size_t currency, Wide unit) {
        direct_[day * inputs_.slots.size() + slot] =
            scaled(divided(second, unit), inputs_.exchange.at(currency, day));
    };
    for (std::size_t i = 0; i < model.gpus.size(); ++i)
        set(inputs_.slots.gpu(i), gpu_rate(model.gpus[i], day), model.gpus[i].currency, pico);
    const Day& date = inputs_.days[day];
    for (std::size_t i = 0; i < model.licences.size(); ++i) {
        const Price& price = model.licences[i].price;
        set(inputs_.slots.licence(i), price_per_second(price.amount, price.period, date),
            price.currency, pico);
    }
    for (std::size_t i = 0; i < model.items.size(); ++i) {
        const Price& price = model.items[i].price;
        set(inputs_.slots.item(i), price_per_second(price.amount, price.period, date),
            price.currency, model.items[i].is_per_gib ? gib : pico);
    }
}

}  // namespace cost
