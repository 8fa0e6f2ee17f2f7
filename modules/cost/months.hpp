// Dates as the model and the days write them, YYYY-MM-DD, and months counted from year 0: all the
// module knows of the calendar. Where days begin and end the host says.
#pragma once

#include <optional>
#include <string_view>

namespace cost {

// Months since year 0 of a date or a month (YYYY-MM); nothing when it is neither.
inline std::optional<int> month_number(std::string_view date) noexcept {
    if (date.size() < 7 || date[4] != '-') return std::nullopt;
    int digits[6] = {};
    constexpr int places[6] = {0, 1, 2, 3, 5, 6};
    for (int i = 0; i < 6; ++i) {
        const char c = date[static_cast<std::size_t>(places[i])];
        if (c < '0' || c > '9') return std::nullopt;
        digits[i] = c - '0';
    }
    const int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    const int month = digits[4] * 10 + digits[5];
    if (month < 1 || month > 12) return std::nullopt;
    return year * 12 + month - 1;
}

}  // namespace cost
