#include "host/services/findings.hpp"

#include <algorithm>

namespace pf::host::services {
namespace {

constexpr std::size_t most_codes = 64;
constexpr std::size_t most_ids = 5;

void add(std::vector<Finding>& findings, std::string_view code, std::string_view text,
         std::string_view id, std::uint64_t count) {
    auto at = std::find_if(findings.begin(), findings.end(),
                           [&](const Finding& finding) { return finding.code == code; });
    if (at == findings.end()) {
        if (findings.size() == most_codes) {
            findings.back().count += count;  // a module that invents codes cannot grow us
            return;
        }
        findings.push_back(
            {std::string(code.substr(0, 64)), std::string(text.substr(0, 1024)), 0, {}});
        at = findings.end() - 1;
    }
    at->count += count;
    if (!id.empty() && at->first_ids.size() < most_ids) {
        at->first_ids.emplace_back(id.substr(0, 128));
    }
}

}  // namespace

void Findings::missing(std::string_view code, std::string_view text, std::string_view id,
                       std::uint64_t count) {
    add(missing_, code, text, id, count);
}

void Findings::note(std::string_view code, std::string_view text, std::string_view id) {
    add(notes_, code, text, id, 1);
}

}  // namespace pf::host::services
