#include "rate_report.hpp"

#include "charge_writer.hpp"
#include "rate_words.hpp"

namespace cost {
namespace {

constexpr std::string_view names[] = {"vcpu", "memory", "storage"};

}  // namespace

RateReport::RateReport(Run& run, Output& output)
    : run_(run),
      output_(output),
      idle_(run.infrastructure().clusters().size() * run.days().size() * resource_count, 0) {}

void RateReport::idle(const IdleCharge& charge) {
    idle_[(charge.cluster * run_.days().size() + charge.day) * resource_count + charge.resource] =
        charge.micros;
}

void RateReport::tell(std::string_view section, const std::string& what, const std::string& formula,
                      const std::string& value, const std::string& unit) {
    Explanation line;
    line.section = section;
    line.what = what;
    line.formula = formula;
    line.value = value;
    line.unit = unit;
    output_.line(line);
}

void RateReport::add(std::string_view section, const std::string& what, const std::string& formula,
                     std::int64_t micros) {
    Explanation line;
    line.section = section;
    line.what = what;
    line.formula = formula;
    line.amount_micros = micros;
    line.adds = true;
    output_.line(line);
}

void RateReport::add_day(std::size_t cluster, std::size_t day, Spread& spread) const {
    const ClusterDay& entry = run_.tariff().at(cluster, day);
    const Ledger& ledger = entry.ledger;
    spread.seconds += run_.days()[day].seconds();
    if (!entry.is_tco()) return;
    spread.node_seconds += ledger.capacity.node_seconds;
    spread.lines.resize(ledger.lines.size(), 0);
    for (std::size_t i = 0; i < ledger.lines.size(); ++i) spread.lines[i] += ledger.lines[i];
    for (const Resource at : {cpu, memory, storage}) {
        spread.sellable[at] = sum(spread.sellable[at], ledger.capacity.sellable[at]);
        spread.planned[at] = sum(spread.planned[at], ledger.capacity.planned[at]);
        spread.taken[at] = sum(spread.taken[at], entry.allocated.amount[at]);
        spread.shared_out[at] = sum(spread.shared_out[at], ledger.shared_out[at]);
        spread.idle_nano[at] = sum(spread.idle_nano[at], ledger.idle_nano[at]);
        spread.pool[at] += ledger.pool[at];
        spread.charged[at] += run_.pricer().drawn(cluster, day, at);
        spread.idle[at] += idle_[(cluster * run_.days().size() + day) * resource_count + at];
    }
}

std::vector<RateReport::Spread> RateReport::spreads_of(std::size_t cluster) const {
    std::vector<Spread> spreads;
    for (std::size_t day = 0; day < run_.days().size(); ++day) {
        const Block* const block = run_.tariff().at(cluster, day).block;
        if (block == nullptr) continue;
        if (spreads.empty() || spreads.back().block != block) {
            spreads.emplace_back();
            spreads.back().block = block;
            spreads.back().first_day = day;
        }
        add_day(cluster, day, spreads.back());
    }
    return spreads;
}

void RateReport::tell_card(std::size_t cluster, const Spread& spread) {
    const std::string& title = run_.infrastructure().clusters()[cluster].title();
    for (std::size_t slot = 0; slot < run_.slots().first_direct(); ++slot) {
        if (rate_of(run_, cluster, spread.first_day, slot).is_free()) continue;
        const Slot& kind = run_.slots()[slot];
        tell("rate",
             kind.usage_type + " of cluster " + title + " from " +
                 run_.days()[spread.first_day].date + " on",
             rate_formula(run_, cluster, spread.first_day, slot),
             slot_price(run_, cluster, spread.first_day, slot),
             run_.model().currency + " per " + kind.usage_unit);
    }
}

void RateReport::tell_capacity(std::size_t cluster, const Spread& spread) {
    const std::string of = " of cluster " + run_.infrastructure().clusters()[cluster].title();
    tell("capacity", "nodes" + of, "average of the days",
         plain_text(divide_half_even(product(spread.node_seconds, nano), spread.seconds)), "nodes");
    for (const Resource at : {cpu, memory, storage}) {
        const std::string unit(amount_unit(at));
        tell("capacity", std::string(names[at]) + " that can be sold" + of,
             "without the reserve, controller VMs and redundancy; with overcommit",
             amount_text(at, spread.sellable[at], spread.seconds), unit);
        const Wide taken = product(spread.taken[at], sellable_scale(at));
        tell("capacity", std::string(names[at]) + " allocated" + of, "average of the days",
             amount_text(at, taken, spread.seconds), unit);
        tell("capacity", std::string(names[at]) + " oversold_ratio" + of,
             "allocated / what can be sold; above 1 it is oversold",
             ratio_text(taken, spread.sellable[at]), "");
    }
}

void RateReport::tell_resource(std::size_t cluster, const Spread& spread, Resource at) {
    const std::string name(names[at]);
    const std::string of = " of cluster " + run_.infrastructure().clusters()[cluster].title();
    const Wide scale = sellable_scale(at);
    const Wide pool = product(spread.pool[at], nano_per_micro);
    const bool is_storage = at == storage;
    const Wide seconds = is_storage ? run_.days()[spread.first_day].month_seconds : hour_seconds;
    const Wide unit = at == cpu ? 1 : static_cast<Wide>(gib);
    const Rate rate = make_rate(product(pool, scale), spread.shared_out[at]);
    tell("rate", name + of,
         "pool " + money(spread.pool[at]) + " / " +
             amount_text(at, spread.shared_out[at], spread.seconds) + " " +
             std::string(amount_unit(at)) + " / " +
             plain_text(divide_half_even(product(spread.seconds, nano), hour_seconds)) + " h",
         unit_price(rate, product(unit, seconds)),
         run_.model().currency + " per " + std::string(amount_unit(at)) +
             (is_storage ? "-month" : "-hour"));
    add("resource", name + of, "what machines and volume groups are charged", spread.charged[at]);
    const std::int64_t idle = to_micros(spread.idle_nano[at]);
    add("idle", "idle." + name + of,
        ratio_text(spread.idle_nano[at], pool == 0 ? 1 : pool) + " of the pool is unsold", idle);
    add("rounding", name + of, "pool less what is charged and unsold, each rounded",
        spread.pool[at] - spread.charged[at] - idle);
}

void RateReport::tell_pools(std::size_t cluster, const Spread& spread) {
    const std::string of = " of cluster " + run_.infrastructure().clusters()[cluster].title();
    for (std::size_t i = 0; i < spread.lines.size(); ++i) {
        const Line& line = spread.block->lines[i];
        add("pool", line.name + of,
            "cpu " + plain_text(line.split[cpu]) + ", memory " + plain_text(line.split[memory]) +
                ", storage " + plain_text(line.split[storage]),
            spread.lines[i]);
    }
    for (const Resource at : {cpu, memory, storage})
        tell("pool", std::string(names[at]) + " pool" + of, "the lines' shares",
             money(spread.pool[at]), run_.model().currency);
    for (const Resource at : {cpu, memory, storage}) tell_resource(cluster, spread, at);
}

void RateReport::tell_direct() {
    const Slots& slots = run_.slots();
    for (std::size_t slot = slots.first_direct(); slot < slots.size(); ++slot) {
        tell("rate", slots[slot].usage_type + " from " + run_.days()[0].date + " on",
             "the model's price, in the model's currency",
             unit_price(run_.tariff().direct(slot, 0), slots[slot].per_unit),
             run_.model().currency + " per " + slots[slot].usage_unit);
    }
}

void RateReport::finish() {
    for (const std::size_t cluster : run_.infrastructure().by_id()) {
        for (const Spread& spread : spreads_of(cluster)) {
            if (!spread.block->is_tco) {
                tell_card(cluster, spread);
                continue;
            }
            tell_capacity(cluster, spread);
            tell_pools(cluster, spread);
        }
    }
    tell_direct();
}

}  // namespace cost
