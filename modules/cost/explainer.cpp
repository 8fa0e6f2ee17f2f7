#include "explainer.hpp"

#include <chrono>

#include "charge_writer.hpp"
#include "rate_words.hpp"

namespace cost {
namespace {

constexpr Wide micro_nano = 1000;

std::string gib_text(Wide bytes) {
    return plain_text(divide_half_even(product(bytes, nano), gib)) + " GiB";
}

// Two digits at least.
std::string padded(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// Seconds since 1970 as an instant in UTC.
std::string utc_text(std::int64_t seconds) {
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::seconds(seconds));
    const std::chrono::year_month_day date{std::chrono::sys_days(days)};
    const std::int64_t rest = seconds - days.count() * day_seconds;
    return std::to_string(static_cast<int>(date.year())) + "-" +
           padded(static_cast<unsigned>(date.month())) + "-" +
           padded(static_cast<unsigned>(date.day())) + "T" + padded(rest / 3600) + ":" +
           padded(rest / 60 % 60) + ":" + padded(rest % 60) + "Z";
}

std::string quantity_text(Wide quantity, Wide per_unit) {
    return plain_text(product(quantity_micros(quantity, per_unit), micro_nano));
}

}  // namespace

Explainer::Explainer(Run& run, Output& output, std::string_view resource)
    : run_(run),
      output_(output),
      resource_(resource),
      payers_(run.model().allocation),
      told_(run.slots().size()) {}

void Explainer::shape(const Shape& shape) {
    if (shape.id != resource_) return;
    std::string formula(shape.what);
    if (shape.is_machine()) {
        formula = std::string(shape.is_on ? "on, " : "off, ") + std::to_string(shape.vcpus) +
                  " vCPU, " + gib_text(shape.memory_bytes) + " memory, ";
    }
    Wide bytes = 0;
    for (const DiskView& disk : shape.disks) bytes = sum(bytes, disk.bytes);
    formula += (shape.is_machine() ? "" : ", ") + gib_text(bytes) + " disks";
    if (shape.used_bytes) formula += ", " + gib_text(*shape.used_bytes) + " used";
    if (shape.snapshot_bytes) formula += ", " + gib_text(*shape.snapshot_bytes) + " snapshots";
    for (const GpuView& gpu : shape.gpus) formula += ", GPU " + std::string(gpu.model);
    const std::string what = "from " + utc_text(shape.from) + " to " + utc_text(shape.to);
    Explanation line;
    line.section = "input";
    line.what = what;
    line.formula = formula;
    line.value = shape.is_measured ? "measured" : "assumed";
    output_.line(line);
}

void Explainer::add(const std::string& what, const std::string& formula, std::int64_t micros) {
    Explanation line;
    line.section = "resource";
    line.what = what;
    line.formula = formula;
    line.amount_micros = micros;
    line.adds = true;
    output_.line(line);
}

void Explainer::bill(const Bill& bill) {
    is_wanted_ = bill.texts().id == resource_;
    if (!is_wanted_) return;
    is_found_ = true;
    payers_.read(bill);
    const Allocation& allocation = run_.model().allocation;
    if (allocation.tags.empty()) return;
    Wide all = 0;
    for (const Wide weight : payers_.weights()) all = sum(all, weight);
    for (std::size_t i = 0; i < payers_.count(); ++i) {
        std::string what;
        for (const Tag& tag : payers_.tags(i))
            what +=
                (what.empty() ? "" : ", ") + std::string(tag.key) + "=" + std::string(tag.value);
        const std::string share = ratio_text(payers_.weights()[i], all);
        Explanation line;
        line.section = "payer";
        line.what = what;
        line.formula = payers_.count() == 1 ? "pays all" : "pays its share of each record";
        line.value = share;
        output_.line(line);
    }
}

void Explainer::tell_rate(const DayCharge& charge, std::size_t slot) {
    const std::string formula = rate_formula(run_, charge.bill.cluster(), charge.day, slot);
    const std::string price = slot_price(run_, charge.bill.cluster(), charge.day, slot);
    if (told_[slot] == formula + price) return;
    told_[slot] = formula + price;
    const Slot& kind = run_.slots()[slot];
    const std::string what = kind.usage_type + " from " + run_.days()[charge.day].date + " on";
    const std::string unit = run_.model().currency + " per " + kind.usage_unit;
    Explanation line;
    line.section = "rate";
    line.what = what;
    line.formula = formula;
    line.value = price;
    line.unit = unit;
    output_.line(line);
}

void Explainer::tell_part(const DayCharge& charge, const Part& part) {
    tell_rate(charge, part.slot);
    const Slot& slot = run_.slots()[part.slot];
    std::string formula = quantity_text(part.quantity, slot.per_unit) + " " + slot.usage_unit +
                          " x " + slot_price(run_, charge.bill.cluster(), charge.day, part.slot);
    const bool is_weighted = part.slot < first_tier_slot && !run_.model().bands.empty() &&
                             !run_.tariff().at(charge.bill.cluster(), charge.day).is_tco();
    if (is_weighted) {
        formula += " x " + decimal_text(divide_half_even(part.priced, part.quantity), 9) +
                   " (average factor of the bands)";
    }
    formula += " = " + decimal_text(part.nano, 9);
    add(slot.usage_type + " " + run_.days()[charge.day].date, formula, to_micros(part.nano));
}

void Explainer::tell_shares(const DayCharge& charge) {
    for (const PoolShare& share : charge.shares) {
        const std::string& name = run_.model().allocation.pools[share.pool].name;
        add("shared." + name + " " + run_.days()[charge.day].date,
            "shared cost " + money(run_.pools().cost(share.pool, charge.day)) + " x weight " +
                ratio_text(share.weight, share.all_weights),
            share.micros);
    }
}

void Explainer::day(const DayCharge& charge) {
    if (!is_wanted_) return;
    const std::string& date = run_.days()[charge.day].date;
    std::int64_t rounded = 0;
    for (const Part& part : charge.parts) {
        tell_part(charge, part);
        rounded += to_micros(part.nano);
    }
    const std::int64_t total = total_of(charge.parts);
    if (total != rounded)
        add("rounding " + date, "so that the records add up to the day's total", total - rounded);
    if (charge.is_shared_out) {
        add("carried by others " + date,
            "shared pool '" + run_.model().allocation.pools[charge.bill.pool()].name + "'", -total);
    }
    tell_shares(charge);
}

void Explainer::idle(const IdleCharge& charge) {
    const Cluster& cluster = run_.infrastructure().clusters()[charge.cluster];
    if (cluster.id != resource_ || run_.model().allocation.idle == IdlePolicy::hide) return;
    is_found_ = true;
    const std::int64_t pool =
        run_.tariff().at(charge.cluster, charge.day).ledger.pool[charge.resource];
    add(std::string(idle_type(charge.resource)) + " " + run_.days()[charge.day].date,
        "pool " + money(pool) + " less what was charged " + money(pool - charge.micros),
        charge.micros);
}

void Explainer::unpaid(const Pool& pool, std::size_t day, std::int64_t micros) {
    if (pool.name != resource_) return;
    is_found_ = true;
    add("shared." + pool.name + " " + run_.days()[day].date, "nobody carries it", micros);
}

}  // namespace cost
