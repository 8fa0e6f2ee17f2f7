#include "depreciation.hpp"

#include <algorithm>

namespace cost {
namespace {

constexpr int months_a_year = 12;

}  // namespace

MonthShare month_share(const Asset& asset, int age) {
    if (age < 0 || age >= asset.life_months) return {};
    if (asset.method == Method::straight) return {asset.value, asset.life_months};
    Wide book = asset.value;
    for (int at = 0;; at += months_a_year) {
        const int left = asset.life_months - at;
        if (left <= months_a_year) return {book, left};
        const Wide declining =
            divide_half_even(product(book, 2 * months_a_year), asset.life_months);
        const Wide straight = divide_half_even(product(book, months_a_year), left);
        const Wide year = std::min(book, std::max(declining, straight));
        if (age < at + months_a_year) return {year, months_a_year};
        book -= year;
    }
}

}  // namespace cost
