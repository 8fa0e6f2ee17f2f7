#include "host/app/watch_view.hpp"

#include <nlohmann/json.hpp>
#include <set>

namespace pf::host::app {

Result<std::string> watch_view(const runtime::Options& options) {
    const auto json = nlohmann::json::parse(options.json, nullptr, false);
    for (const char* const option : {"categories", "power_state"}) {
        const auto found = json.is_object() ? json.find(option) : json.end();
        if (found != json.end() && !found->empty()) {
            return Status(Code::invalid_argument, "ERROR_CONFIG",
                          std::string("the option ") + option +
                              " chooses by what changes, so a machine would look new or deleted "
                              "that is neither; take it out of `collect` for watch: its rules have "
                              "`categories` and `fields`");
        }
    }
    std::string view;
    for (const std::string& cluster :
         std::set<std::string>(options.clusters.begin(), options.clusters.end())) {
        (view += cluster) += '\n';
    }
    return view;
}

}  // namespace pf::host::app
