// A rate: money per unit and second as an exact fraction, so that nothing is rounded before the
// quantity is known.
#pragma once

#include "decimal.hpp"
#include "wide.hpp"

namespace cost {

// Billionths of money for a quantity are quantity * per / by, half-even. `by` is above 0.
struct Rate {
    Wide per = 0;
    Wide by = 1;

    bool is_free() const noexcept { return per == 0; }

    // Billionths of money for a quantity that is not negative.
    Wide cost(Wide quantity) const { return divide_half_even(product(quantity, per), by); }
};

// The greatest whole number that divides both; not both are 0, none is negative.
inline Wide greatest_common_divisor(Wide a, Wide b) noexcept {
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// The fraction in its lowest terms; a rate per 0 does not exist and ends the call.
inline Rate make_rate(Wide per, Wide by) {
    if (by <= 0 || per < 0) {
        throw pf::Failure(PF_INTERNAL, "a rate of the cost model has no divisor");
    }
    const Wide common = greatest_common_divisor(per, by);
    return {per / common, by / common};
}

// A rate times a factor in billionths, e.g. an exchange rate. Cut to the leading 64 bits when both
// have more digits than fit: an error of less than one part in 10^18.
inline Rate scaled(const Rate& rate, Wide factor) {
    const Wide common = greatest_common_divisor(factor, rate.by);
    Rate result = make_rate(product(rate.per, factor / common), rate.by / common);
    const Wide other = greatest_common_divisor(result.per, nano);
    result.per /= other;
    result.by = product(result.by, nano / other);
    constexpr Wide limit = static_cast<Wide>(1) << 64;
    while (result.per >= limit && result.by >= limit) {
        result.per >>= 1;
        result.by >>= 1;
    }
    return result;
}

}  // namespace cost
