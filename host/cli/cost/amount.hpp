// Amounts of money in millionths, as people and programs read them. No double is in between.
#pragma once

#include <cstdint>
#include <string>

namespace pf::host::cli {

// Exact, with six decimals: "9.790685", "-0.000001".
std::string exact_amount(std::int64_t micros);
// Rounded half to even to `places` decimals (0 to 6), with commas between thousands: "12,345.67".
std::string rounded_amount(std::int64_t micros, int places);
// What `part` is of `whole`, in percent with one decimal: "40.9"; empty when whole is 0.
std::string percent_of(std::int64_t part, std::int64_t whole);

}  // namespace pf::host::cli
