// What hardware costs a month while it is written off. The month of purchase is the first one;
// after its life hardware is free.
#pragma once

#include "wide.hpp"

namespace cost {

enum class Method {
    straight,                // the same every month
    max_double_or_straight,  // a year is the larger of twice the straight share of the book value,
                             // and the book value over the years that remain; the last year is the
                             // rest
};

struct Asset {
    Wide value = 0;  // price less salvage, any unit
    int life_months = 1;
    Method method = Method::straight;
};

// One month's share as an exact fraction: `amount` over `months`.
struct MonthShare {
    Wide amount = 0;
    int months = 1;
};

// The share of the month number `age` (0 = the month of purchase; below: not bought yet).
MonthShare month_share(const Asset& asset, int age);

}  // namespace cost
