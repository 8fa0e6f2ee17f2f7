// The report of an examination for programs.
#pragma once

#include <string>

#include "host/doctor/finding.hpp"

namespace pf::host::doctor {

// One object, {"schema": "prismforet/v1", "targets": [...], "installation": {...}, "summary":
// {...}}, as report_schema() describes it. `exit_code` is what the program ends with.
std::string report_json(const Report& report, int exit_code);

// The JSON Schema (draft 7) of that object.
std::string report_schema();

}  // namespace pf::host::doctor
