// CSV as RFC 4180 has it, safe to open in a spreadsheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf::host::cli {

// One field. Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a
// carriage return) gets a ' in front; numbers are left as they are.
std::string csv_field(std::string_view text, bool is_number);

// One line with its line break.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace pf::host::cli
