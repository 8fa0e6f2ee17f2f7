// The ledger of a run for people, and for programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/runtime/report.hpp"

namespace pf::host::cli {

// How a run ended, in one word.
enum class Outcome { complete, partial, failed, interrupted, limited };
// The word itself.
std::string_view outcome_name(Outcome outcome) noexcept;

// The word for a closed report; `is_limited`: the command line wanted no more rows.
Outcome outcome_of(const runtime::RunReport& report, bool is_limited, bool is_interrupted) noexcept;

// The summary at the end of JSON output: the report with "items" and "outcome". `selection` is what
// was asked for when not everything was; "complete" is then about what was asked for.
std::string summary_json(const runtime::RunReport& report, std::uint64_t items, Outcome outcome,
                         const std::vector<std::string>& selection = {});

// One line: "500 rows · complete · 6 calls to Prism, 0 retries · 1.2 s".
std::string summary_line(const runtime::RunReport& report, std::uint64_t items, Outcome outcome);

// The counts of a ledger (JSON text as RunReport::to_json makes it), several aligned lines. Text
// that is no ledger gives an empty result.
std::string ledger_lines(std::string_view ledger_json);

}  // namespace pf::host::cli
