// Dates as texts.
#pragma once

#include <string_view>

namespace pf::host::cost {

// True for YYYY-MM-DD of a day that exists, from 1971 to 2036. Texts of such dates sort as dates.
bool is_date(std::string_view text) noexcept;

}  // namespace pf::host::cost
