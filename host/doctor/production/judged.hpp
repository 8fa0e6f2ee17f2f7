// Findings of production checks: the one code they have, and their facts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/doctor/finding.hpp"

namespace pf::host::doctor {

// One fact for programs; the schema is in report_schema.cpp.
struct Fact {
    std::string_view key;
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, std::vector<std::string>,
                 std::vector<std::vector<Fact>>>
        value;
};
using Facts = std::vector<Fact>;

// As it should be.
Finding fit(const std::string& check, const std::string& text, const Facts& facts);
// Works, and is no way to run it for long.
Finding doubtful(const std::string& check, const std::string& text, const std::string& advice,
                 const Facts& facts);
// Must not be run like that.
Finding unfit(const std::string& check, const std::string& text, const std::string& advice,
              const Facts& facts);
// `finding` with facts.
Finding with_facts(Finding finding, const Facts& facts);

}  // namespace pf::host::doctor
