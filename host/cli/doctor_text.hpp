// The report of an examination for people: one line per check, the details below, and at the end
// what to do next.
#pragma once

#include <string>

#include "host/doctor/finding.hpp"

namespace pf::host::cli {

// Every line with its line break. A verdict is a word; colour only repeats it.
std::string doctor_text(const doctor::Report& report, bool has_colour);

}  // namespace pf::host::cli
