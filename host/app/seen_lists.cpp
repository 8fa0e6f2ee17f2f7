#include "host/app/seen_lists.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pf::host::app {
namespace {

using runtime::ListReport;
using runtime::Reason;
using runtime::RunReport;

// A collection of only some resources shows nothing of the others.
bool is_narrowed(const runtime::Options& options) {
    const auto json = nlohmann::json::parse(options.json, nullptr, false);
    const auto chooses = [&](const char* option) {
        const auto found = json.is_object() ? json.find(option) : json.end();
        return found != json.end() && !found->empty();
    };
    return !options.clusters.empty() || chooses("categories") || chooses("power_state");
}

bool is_whole(const ListReport& list, const RunReport& report) {
    return list.is_complete && report.end.ok() &&
           std::none_of(report.missing.begin(), report.missing.end(), [&](const Reason& reason) {
               return (reason.target.empty() || reason.target == list.target) &&
                      (reason.kind.empty() || reason.kind == list.kind);
           });
}

}  // namespace

std::vector<state::SeenList> chosen_lists(const RunReport& report) {
    std::vector<state::SeenList> lists;
    for (const ListReport& list : report.lists) {
        lists.push_back({list.account, list.kind, is_whole(list, report)});
    }
    return lists;
}

std::vector<state::SeenList> seen_lists(const runtime::Options& options, const RunReport& report) {
    auto lists = chosen_lists(report);
    const bool narrowed = is_narrowed(options);
    for (state::SeenList& list : lists) {
        list.is_complete = list.is_complete && !narrowed;
    }
    return lists;
}

}  // namespace pf::host::app
