// A line of figures drawn in one line of text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pf::host::cli {

// One block for each of at most `width` stretches of the values (their mean), from the least at the
// bottom to the greatest at the top; a blank where there is none.
std::string sparkline(const std::vector<std::optional<double>>& values, std::size_t width);

// "12.3", "1.46e+09", "0": four digits that count.
std::string short_number(double value);

}  // namespace pf::host::cli
