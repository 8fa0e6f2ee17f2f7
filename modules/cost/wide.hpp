// Whole numbers of 128 bits, and the few operations money needs of them. Nothing wraps around: what
// does not fit ends the call. No floating point anywhere.
#pragma once

#include <cstdint>

#include <prismforet/module.hpp>

namespace cost {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

[[noreturn]] inline void too_large() {
    throw pf::Failure(PF_OUT_OF_RANGE,
                      "an amount of the cost model does not fit into 128 bits: look for a price, a "
                      "size or an exchange rate that is far too large");
}

inline Wide product(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_mul_overflow(a, b, &result)) too_large();
    return result;
}

inline Wide sum(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_add_overflow(a, b, &result)) too_large();
    return result;
}

// The number as 64 bits.
inline std::int64_t narrow(Wide number) {
    const auto result = static_cast<std::int64_t>(number);
    if (static_cast<Wide>(result) != number) too_large();
    return result;
}

// What fits into 64 bits, as nearly everything of one machine and day does, is divided by one
// instruction; 128 bits take a call. Neither number is negative, the divisor is not 0.
struct Quotient {
    Wide whole;
    Wide rest;
};
inline Quotient divide(Wide number, Wide by) noexcept {
    if (((number | by) >> 64) == 0) {
        const auto n = static_cast<std::uint64_t>(number);
        const auto d = static_cast<std::uint64_t>(by);
        return {static_cast<Wide>(n / d), static_cast<Wide>(n % d)};
    }
    const Wide whole = number / by;
    return {whole, number - whole * by};
}

// The nearest whole number; a half goes to the even one. Neither number is negative.
inline Wide divide_half_even(Wide number, Wide by) noexcept {
    const Quotient quotient = divide(number, by);
    const Wide missing = by - quotient.rest;
    const bool is_up =
        quotient.rest > missing || (quotient.rest == missing && (quotient.whole & 1) != 0);
    return quotient.whole + (is_up ? 1 : 0);
}

}  // namespace cost
