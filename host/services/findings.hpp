// Findings: what a call has to tell beside its rows: what is missing and why, and notes.
//
// Gathered by code, with a count and the first ids, so that a million equal problems are one line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::services {

struct Finding {
    std::string code;  // "ERROR_LIST_CHANGED", "vm.no_id"
    std::string text;  // of the first one
    std::uint64_t count = 0;
    std::vector<std::string> first_ids;  // at most five
};

class Findings {
  public:
    // Something Prism has did not go out: the run is partial.
    void missing(std::string_view code, std::string_view text, std::string_view id = {},
                 std::uint64_t count = 1);
    // Nothing is missing, but an operator may want to know.
    void note(std::string_view code, std::string_view text, std::string_view id = {});

    const std::vector<Finding>& all_missing() const noexcept { return missing_; }
    const std::vector<Finding>& all_notes() const noexcept { return notes_; }

  private:
    std::vector<Finding> missing_;
    std::vector<Finding> notes_;
};

}  // namespace pf::host::services
