// Currencies of ISO 4217 that are in use, and their smallest units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pf::host::cost {

// How many digits behind the point a currency has: 2 for EUR, 0 for JPY and KRW, 3 for KWD.
// Nothing for a code that is none; codes are upper case.
std::optional<int> currency_places(std::string_view code) noexcept;

// All codes, in order.
std::vector<std::string> currency_codes();

}  // namespace pf::host::cost
