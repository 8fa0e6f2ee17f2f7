#include "bills.hpp"

#include <algorithm>

#include "tariff.hpp"

namespace cost {

void Bills::check_order(const Shape& shape) {
    if (shape.id < last_id_) {
        throw pf::Failure(PF_FAILED_PRECONDITION,
                          "the shapes are not ordered by id: " + std::string(shape.id) +
                              " comes behind " + last_id_);
    }
    if (shape.id == last_id_ && shape.from < last_to_) {
        throw pf::Failure(PF_DATA_LOSS, "two shapes of " + last_id_ +
                                            " are of the same time: it would be charged twice");
    }
    if (shape.id != last_id_) last_id_ = shape.id;
    last_to_ = shape.to;
}

std::size_t Bills::first_day(std::int64_t from) const {
    const auto found = std::partition_point(days_.begin(), days_.end(),
                                            [from](const Day& day) { return day.to <= from; });
    return static_cast<std::size_t>(found - days_.begin());
}

const RateCard* Bills::card(const Cluster& cluster, std::size_t day) {
    const Block* const block = choose_block(model_.blocks, cluster, days_[day].date);
    return block == nullptr || block->is_tco ? nullptr : &block->card;
}

void Bills::add_bands(const Shape& shape, std::size_t day, const Cluster& cluster) {
    const RateCard* const rates = card(cluster, day);
    if (rates == nullptr) return;
    Wide weighted_seconds = 0;
    for (const Band& band : days_[day].bands) {
        const std::int64_t seconds = std::min(shape.to, band.to) - std::max(shape.from, band.from);
        if (seconds > 0) {
            weighted_seconds =
                sum(weighted_seconds, product(rates->band_factors[band.number], seconds));
        }
    }
    for (const Usage& part : usage_)
        if (part.slot < first_tier_slot)
            bill_.add_weighted(day, part.slot, product(part.units, weighted_seconds));
}

void Bills::add_day(const Shape& shape, std::size_t day, const Cluster& cluster) {
    const Day& date = days_[day];
    const std::int64_t seconds = std::min(shape.to, date.to) - std::max(shape.from, date.from);
    bill_.add(day, seconds, usage_);
    if (!model_.bands.empty()) add_bands(shape, day, cluster);
    for (const std::size_t licence : host_licences_) {
        const std::int64_t all = hosts_.seconds(licence, shape.host, day);
        if (all <= 0) continue;
        const Wide host_day = product(pico, date.seconds());
        bill_.add_quantity(day, slots_.licence(licence),
                           divide_half_even(product(host_day, seconds), all));
    }
}

bool Bills::enter(const Shape& shape, const std::function<void(const Bill&)>& take) {
    std::size_t day = first_day(shape.from);
    if (day == days_.size() || days_[day].from >= shape.to) return false;
    const std::size_t at = infrastructure_.cluster(shape.cluster);
    const Cluster& cluster = infrastructure_.clusters()[at];
    rules_.read(shape, cluster, usage_, host_licences_);
    if (usage_.empty() && host_licences_.empty() && !shape.is_machine()) return false;
    const std::string& untagged = model_.allocation.untagged;
    const std::size_t pool = rules_.pool_of(shape);
    if (!bill_.is_empty() && !bill_.takes(shape, at, pool, untagged)) {
        take(bill_);
        bill_.clear();
    }
    if (bill_.is_empty()) bill_.begin(shape, at, pool, untagged);
    for (; day < days_.size() && days_[day].from < shape.to; ++day) add_day(shape, day, cluster);
    return true;
}

void Bills::each(const std::function<void(const Bill&)>& take,
                 const std::function<void(const Shape&)>& see) {
    source_.rewind();
    last_id_.clear();
    bill_.clear();
    for (pf::Value value = source_.next(); !value.is_absent(); value = source_.next()) {
        read_shape(value, shape_);
        check_order(shape_);
        if (enter(shape_, take) && see) see(shape_);
    }
    if (!bill_.is_empty()) take(bill_);
    bill_.clear();
}

void Bills::learn_hosts() {
    const bool has_host_licence =
        std::any_of(model_.licences.begin(), model_.licences.end(),
                    [](const Licence& licence) { return licence.per == LicencePer::host; });
    if (!has_host_licence) return;
    source_.rewind();
    for (pf::Value value = source_.next(); !value.is_absent(); value = source_.next()) {
        read_shape(value, shape_);
        const std::size_t at = infrastructure_.cluster(shape_.cluster);
        rules_.read(shape_, infrastructure_.clusters()[at], usage_, host_licences_);
        for (const std::size_t licence : host_licences_)
            for (std::size_t day = first_day(shape_.from);
                 day < days_.size() && days_[day].from < shape_.to; ++day)
                hosts_.add(
                    licence, shape_.host, day,
                    std::min(shape_.to, days_[day].to) - std::max(shape_.from, days_[day].from));
    }
}

}  // namespace cost
