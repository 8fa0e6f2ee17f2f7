#include "tests/cloudforet_sim/inventory/resolution.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "tests/cloudforet_sim/inventory/document.hpp"
#include "tests/row_check/console_check.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;
using Services = std::vector<const CloudService*>;

bool is_shown(const json& value) {
    if (value.is_null()) return false;
    if (value.is_string()) return !value.get_ref<const std::string&>().empty();
    return !value.is_structured() || !value.empty();
}

bool has_value(const Services& services, const std::string& path) {
    return std::any_of(services.begin(), services.end(), [&path](const CloudService* service) {
        const auto values = values_at(service->document, path);
        return std::any_of(values.begin(), values.end(),
                           [](const json* value) { return is_shown(*value); });
    });
}

// Columns that inventory has for every service, or joins to it.
bool is_inventory_column(std::string_view key) {
    constexpr std::array<std::string_view, 8> columns{"created_at", "updated_at",     "deleted_at",
                                                      "project_id", "workspace_id",   "state",
                                                      "domain_id",  "collection_info"};
    const std::string_view first = key.substr(0, key.find('.'));
    return key.starts_with("ref_") ||
           std::find(columns.begin(), columns.end(), first) != columns.end();
}

class MetricCheck {
  public:
    explicit MetricCheck(const Services& services) : services_(services) {}

    void key(const std::string& what, const json& key) {
        if (!key.is_string() || is_inventory_column(key.get_ref<const std::string&>())) return;
        const auto& path = key.get_ref<const std::string&>();
        if (!has_value(services_, path)) problems_.push_back(what + " " + path + " has no value");
    }

    void value(const json& field) {
        const std::string name = field.value("operator", "");
        if (name == "count") return;
        constexpr std::array<std::string_view, 4> numeric{"sum", "average", "min", "max"};
        if (std::find(numeric.begin(), numeric.end(), name) == numeric.end()) {
            problems_.push_back("operator '" + name + "' is not known");
            return;
        }
        const std::string path = field.value("key", "");
        const bool is_number =
            std::any_of(services_.begin(), services_.end(), [&path](const CloudService* service) {
                return value_at(service->document, path).is_number();
            });
        if (!is_number) problems_.push_back(name + " of " + path + ": no number in any service");
    }

    std::vector<std::string> take() { return std::move(problems_); }

  private:
    const Services& services_;
    std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> unresolved_fields(const json& type, const Services& services) {
    std::vector<std::string> problems;
    std::set<std::string> seen;
    for (const test::ConsolePath& each : test::console_paths(type.value("metadata", json()))) {
        const std::string text = each.place + ": " + each.path;
        if (!has_value(services, each.path) && seen.insert(text).second) problems.push_back(text);
    }
    return problems;
}

std::vector<std::string> unresolved_keys(const json& metric, const Services& services) {
    MetricCheck check(services);
    const json options = metric.value("query_options", json::object());
    for (const json& each : options.value("group_by", json::array())) {
        check.key("group_by", each.is_object() ? each.value("key", json()) : each);
    }
    for (const char* name : {"filter", "filter_or"}) {
        for (const json& each : options.value(name, json::array())) {
            check.key(name, each.value("key", json()));
        }
    }
    if (metric.contains("date_field")) check.key("date_field", metric["date_field"]);
    const json fields = options.value("fields", json::object());
    check.value(fields.value("value", json::object()));
    return check.take();
}

Services services_of(const Inventory& inventory, const std::string& group,
                     const std::string& name) {
    Services found = inventory.services();
    std::erase_if(found,
                  [&](const CloudService* each) { return each->type() != group + "/" + name; });
    return found;
}

}  // namespace pf::cloudforet_sim
