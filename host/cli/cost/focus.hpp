// FOCUS: cost records as CSV with the columns of the FinOps Open Cost and Usage Specification 1.x.
//
// There is no invoice, so billed and effective cost are the same. Conformance with the
// specification is not verified.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "host/cost/charge.hpp"

namespace pf::host::cli {

// A day as FOCUS wants its bounds: RFC 3339 in UTC, half open.
struct FocusDay {
    std::string start;
    std::string end;
    std::string month_start;  // of the billing period
    std::string month_end;
};

// What records do not say themselves.
struct FocusFrame {
    std::string currency;
    std::string account;                       // the Prism Central's
    std::map<std::string, FocusDay> days;      // by billed_date
    std::map<std::string, std::string> names;  // of resources, by id
};

// The heading with its line break.
std::string focus_heading();
// One record as a line. A day that the frame does not have leaves its columns empty.
std::string focus_line(const cost::Charge& charge, const FocusFrame& frame);

}  // namespace pf::host::cli
