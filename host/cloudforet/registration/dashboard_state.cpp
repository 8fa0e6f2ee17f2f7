#include "host/cloudforet/registration/dashboard_state.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {

using nlohmann::json;

std::string mark_of(const json& dashboard) {
    const json tags = dashboard.value("tags", json::object());
    return tags.is_object() ? tags.value("prismforet", "") : "";
}

std::vector<std::string> widgets_of(const json& dashboard) {
    std::vector<std::string> widgets;
    for (const json& layout : dashboard.value("layouts", json::array())) {
        for (const json& widget : layout.value("widgets", json::array())) {
            widgets.push_back(widget.value("widget_type", "") + " " + widget.value("name", ""));
        }
    }
    std::sort(widgets.begin(), widgets.end());
    return widgets;
}

Result<std::vector<std::string>> stored_widgets(ServiceClient& client, bool is_private,
                                                const std::string& id, const Stop& stop) {
    const auto answer = client.call({is_private ? "spaceone.api.dashboard.v1.PrivateWidget"
                                                : "spaceone.api.dashboard.v1.PublicWidget",
                                     "list", json{{"dashboard_id", id}}.dump(), ""},
                                    stop);
    if (!answer) {
        return answer.status();
    }
    const json list = json::parse(*answer, nullptr, false);
    return widgets_of(
        {{"layouts", json::array({{{"widgets", list.value("results", json::array())}}})}});
}

}  // namespace pf::host::cloudforet
