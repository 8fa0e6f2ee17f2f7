#include "charge_writer.hpp"

#include "largest_remainder.hpp"
#include "text_limit.hpp"

namespace cost {
namespace {

constexpr Wide micro = 1'000'000;

}  // namespace

std::string_view idle_type(Resource resource) noexcept {
    return resource == cpu ? "idle.vcpu" : resource == memory ? "idle.memory" : "idle.storage";
}

std::string_view idle_unit(Resource resource) noexcept {
    return resource == cpu ? "vCPU-hour" : resource == memory ? "GiB-hour" : "GiB-day";
}

Wide idle_per_unit(Resource resource) noexcept {
    if (resource == cpu) return hour_seconds;
    return static_cast<Wide>(gib) * (resource == memory ? hour_seconds : day_seconds);
}

std::int64_t quantity_micros(Wide quantity, Wide per_unit) {
    return narrow(divide_half_even(product(quantity, micro), per_unit));
}

std::string_view model_word(const ClusterDay& entry) noexcept {
    return entry.is_tco() ? "tco" : "rate-card";
}

ChargeWriter::ChargeWriter(Run& run, Output& output)
    : run_(run),
      output_(output),
      allocation_(run.model().allocation),
      payers_(run.model().allocation) {
    for (const Pool& pool : allocation_.pools)
        pool_types_.emplace_back(fitting("shared." + pool.name));
}

void ChargeWriter::write(std::int64_t micros, std::int64_t quantity) {
    if (payers_.count() == 1) {
        record_.cost_micros = micros;
        record_.quantity_micros = quantity;
        record_.tags = &payers_.tags(0);
        output_.record(record_);
        return;
    }
    amounts_.resize(payers_.count());
    quantities_.resize(payers_.count());
    split_by_weight(micros, payers_.weights(), amounts_);
    split_by_weight(quantity, payers_.weights(), quantities_);
    for (std::size_t i = 0; i < payers_.count(); ++i) {
        record_.cost_micros = amounts_[i];
        record_.quantity_micros = quantities_[i];
        record_.tags = &payers_.tags(i);
        output_.record(record_);
    }
}

void ChargeWriter::bill(const Bill& bill) {
    has_bills_ = true;
    payers_.read(bill);
    const BillTexts& texts = bill.texts();
    const Cluster& cluster = run_.infrastructure().clusters()[bill.cluster()];
    record_.resource = texts.id;
    record_.region = texts.region;
    record_.product = texts.product;
    record_.project = texts.project;
    record_.owner = texts.owner;
    record_.cluster = fitting(cluster.title());
    record_.basis = bill.is_measured() ? "measured" : "assumed";
}

void ChargeWriter::day(const DayCharge& charge) {
    record_.billed_date = run_.days()[charge.day].date;
    record_.model = model_word(run_.tariff().at(charge.bill.cluster(), charge.day));
    if (!charge.is_shared_out) {
        for (const Part& part : charge.parts) {
            const Slot& slot = run_.slots()[part.slot];
            record_.usage_type = slot.usage_type;
            record_.usage_unit = slot.usage_unit;
            write(part.micros, quantity_micros(part.quantity, slot.per_unit));
        }
    }
    for (const PoolShare& share : charge.shares) {
        record_.usage_type = pool_types_[share.pool];
        record_.usage_unit = "share";
        write(share.micros, quantity_micros(share.weight, share.all_weights));
    }
}

void ChargeWriter::idle(const IdleCharge& charge) {
    if (allocation_.idle == IdlePolicy::hide) {
        hidden_ = narrow(sum(hidden_, charge.micros));
        return;
    }
    const Cluster& cluster = run_.infrastructure().clusters()[charge.cluster];
    const bool is_owned = allocation_.idle == IdlePolicy::owner;
    payers_.read_nobody(allocation_.idle_owner);
    record_ = Record{};
    record_.billed_date = run_.days()[charge.day].date;
    record_.resource = cluster.id;
    record_.region = cluster.region;
    record_.product = cluster.product;
    record_.project = allocation_.untagged;
    record_.owner = is_owned ? allocation_.idle_owner : allocation_.untagged;
    record_.cluster = fitting(cluster.title());
    record_.model = "tco";
    const Allocated& allocated = run_.tariff().at(charge.cluster, charge.day).allocated;
    record_.basis = allocated.is_assumed ? "assumed" : "measured";
    record_.usage_type = idle_type(charge.resource);
    record_.usage_unit = idle_unit(charge.resource);
    write(charge.micros, quantity_micros(charge.quantity, idle_per_unit(charge.resource)));
}

void ChargeWriter::unpaid(const Pool& pool, std::size_t day, std::int64_t micros) {
    payers_.read_nobody({});
    record_ = Record{};
    record_.billed_date = run_.days()[day].date;
    record_.resource = pool.name;
    record_.project = allocation_.untagged;
    record_.owner = allocation_.untagged;
    record_.model = "rate-card";
    record_.basis = "assumed";
    const auto number = static_cast<std::size_t>(&pool - allocation_.pools.data());
    record_.usage_type = pool_types_[number];
    record_.usage_unit = "share";
    write(micros, micro);
    output_.note("cost.pool_unpaid", pool.name,
                 "nobody carries this shared cost on " + run_.days()[day].date +
                     ": it is a record of its own");
}

void ChargeWriter::finish() {
    if (hidden_ > 0) {
        output_.note("cost.idle_hidden", run_.model().name,
                     "what is unsold is not in the records, as the model asks: " +
                         decimal_text(product(hidden_, nano_per_micro), 6) + " " +
                         run_.model().currency);
    }
    if (!has_bills_) return;
    for (const std::string& key : payers_.unseen())
        output_.note("cost.category_unknown", key,
                     "no resource has this category: all its cost is in " + allocation_.untagged);
}

}  // namespace cost
