#include "host/cost/calendar/dates.hpp"

#include <date/date.h>

namespace pf::host::cost {

bool is_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    int numbers[3] = {0, 0, 0};
    std::size_t part = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) {
            ++part;
        } else if (text[i] < '0' || text[i] > '9') {
            return false;
        } else {
            numbers[part] = numbers[part] * 10 + (text[i] - '0');
        }
    }
    const date::year_month_day day = date::year(numbers[0]) /
                                     date::month(static_cast<unsigned>(numbers[1])) /
                                     date::day(static_cast<unsigned>(numbers[2]));
    return numbers[0] >= 1971 && numbers[0] <= 2036 && day.ok();
}

}  // namespace pf::host::cost
