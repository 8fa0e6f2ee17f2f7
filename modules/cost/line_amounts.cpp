#include "line_amounts.hpp"

#include <algorithm>

#include "largest_remainder.hpp"
#include "slots.hpp"

namespace cost {
namespace {

constexpr Wide tib_gib = 1024;

// How many there are of what the line is per, in billionths.
Wide counted(const Line& line, const LineContext& context) {
    if (line.count) return std::max(*line.count, line.minimum);
    const Wide seconds = context.day.seconds();
    const Capacity& capacity = context.capacity;
    Wide count = nano;
    switch (line.per) {
        case Per::cluster:
            break;
        case Per::node:
            count = product(capacity.node_seconds, nano) / seconds;
            break;
        case Per::core:
            count = capacity.core_seconds / seconds;
            break;
        case Per::vm:
            count = product(context.machine_seconds, nano) / seconds;
            break;
        case Per::tib:
            count = divide_half_even(product(capacity.raw_byte_seconds, nano),
                                     product(product(seconds, gib), tib_gib));
            break;
    }
    return std::max(count, line.minimum);
}

// Watts, PUE and price times the seconds of each band; no month is in it.
std::int64_t energy(const Line& line, const LineContext& context) {
    const Day& day = context.day;
    Wide watt_seconds_price = 0;  // billionths of money per kWh, times seconds
    if (day.bands.empty()) {
        watt_seconds_price = product(line.kwh.at(0), day.seconds());
    } else {
        for (const Band& band : day.bands)
            watt_seconds_price =
                sum(watt_seconds_price, product(line.kwh.at(band.number), band.to - band.from));
    }
    const bool is_measured = line.is_measured && context.measured_watts > 0;
    Rate rate = make_rate(watt_seconds_price, static_cast<Wide>(1000) * hour_seconds);
    rate = scaled(rate, is_measured ? context.measured_watts : line.watts);
    rate = scaled(scaled(rate, line.pue), counted(line, context));
    rate = scaled(rate, context.exchange_rate);
    return to_micros(rate.cost(1));
}

Rate second_rate(const Line& line, const LineContext& context) {
    const Day& day = context.day;
    switch (line.form) {
        case Form::asset:
            return scaled(per_second(month_of(line.purchase, day.month), day),
                          counted(line, context));
        case Form::amount:
            return scaled(price_per_second(line.price, line.period, day), counted(line, context));
        case Form::ratio:
            break;
        case Form::energy:
            return {};
    }
    Wide value = 0;
    for (const std::size_t at : line.of) {
        const Line& asset = context.block.lines.at(at);
        value = sum(value, product(asset.purchase.price, counted(asset, context)) / nano);
    }
    return scaled(price_per_second(value, Period::year, day), line.ratio_year);
}

}  // namespace

Rate per_second(const Rate& month, const Day& day) {
    return make_rate(month.per, product(month.by, day.month_seconds));
}

Rate month_of(const Purchase& purchase, int month) {
    const Wide value = purchase.price - purchase.salvage;
    if (!purchase.bought) return make_rate(value, purchase.life_months);
    const MonthShare share =
        month_share({value, purchase.life_months, purchase.method}, month - *purchase.bought);
    return make_rate(share.amount, share.months);
}

Rate price_per_second(Wide price, Period period, const Day& day) {
    switch (period) {
        case Period::hour:
            return make_rate(price, hour_seconds);
        case Period::month:
            return per_second({price, 1}, day);
        case Period::year:
            break;
    }
    return per_second({price, 12}, day);
}

std::int64_t share_of_day(const Rate& second, const Day& day) {
    const auto until = [&second](std::int64_t seconds) {
        return divide_half_even(product(second.per, seconds), product(second.by, nano_per_micro));
    };
    return narrow(until(day.since_month + day.seconds()) - until(day.since_month));
}

std::int64_t line_amount(const Line& line, const LineContext& context) {
    if (line.form == Form::energy) return energy(line, context);
    return share_of_day(scaled(second_rate(line, context), context.exchange_rate), context.day);
}

void split_line(const Line& line, std::int64_t amount, std::int64_t (&parts)[resource_count]) {
    split_by_weight(amount, line.split, parts);
}

}  // namespace cost
