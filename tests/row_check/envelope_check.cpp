#include "tests/row_check/envelope_check.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "tests/row_check/payload_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> known_types{
    "inventory.CloudService", "inventory.CloudServiceType", "inventory.Region",
    "inventory.Namespace",    "inventory.Metric",           "inventory.ErrorResource"};

constexpr std::array<std::string_view, 5> service_paths{
    "reference.resource_id", "provider", "cloud_service_type", "cloud_service_group", "account"};
constexpr std::array<std::string_view, 3> type_paths{"name", "group", "provider"};
constexpr std::array<std::string_view, 2> region_paths{"region_code", "provider"};

std::span<const std::string_view> conventional_paths(std::string_view resource_type) {
    if (resource_type == "inventory.CloudService") return service_paths;
    if (resource_type == "inventory.CloudServiceType") return type_paths;
    if (resource_type == "inventory.Region") return region_paths;
    return {};
}

bool is_order_key(const std::string& key) {
    return !key.empty() && key.size() < 10 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_data_path(const std::string& path) { return path == "data" || path.starts_with("data."); }

// Python's truth of a value: inventory leaves paths with a false value out of its query.
bool is_truthy(const json& value) {
    if (value.is_string()) return !value.get_ref<const std::string&>().empty();
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value.get<double>() != 0.0;
    return value.is_structured() && !value.empty();
}

bool is_path_truthy(const json& resource, std::string_view path) {
    const json* at = &resource;
    while (true) {
        const std::size_t dot = path.find('.');
        const std::string key(path.substr(0, dot));
        if (!at->is_object() || !at->contains(key)) return false;
        at = &(*at)[key];
        if (dot == std::string_view::npos) return is_truthy(*at);
        path.remove_prefix(dot + 1);
    }
}

class MatchRules {
  public:
    MatchRules(RowScope& scope, const DecodedRow& row) : scope_(scope), row_(row) {}

    void check() {
        for (const auto& [key, paths] : row_.match_rules.items()) {
            if (!is_order_key(key)) {
                report("match.order_key", key, "is no order number");
            }
            check_paths(key, paths);
        }
        if (!is_broken_) check_convention();
        if (!is_broken_) check_values();
    }

  private:
    void report(std::string_view rule, const std::string& key, std::string what) {
        is_broken_ = true;
        scope_.fail(rule, "match_rules." + key, std::move(what));
    }

    void check_paths(const std::string& key, const json& paths) {
        if (!is_text_list(paths, 255) || paths.empty()) {
            report("match.shape", key, "is no list of paths: " + brief(paths));
            return;
        }
        for (const json& path : paths) {
            if (is_data_path(path.get_ref<const std::string&>())) {
                report("match.data_path", key, brief(path) + " does not work with json_data");
            }
        }
    }

    void check_convention() {
        const auto first = row_.match_rules.find("1");
        const auto expected = conventional_paths(row_.resource_type);
        std::vector<std::string> found;
        if (first != row_.match_rules.end()) found = first->get<std::vector<std::string>>();
        std::vector<std::string> wanted(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        std::sort(wanted.begin(), wanted.end());
        if (found != wanted) {
            report("match.convention", "1", brief(row_.match_rules) + " is not the usual rule");
        }
    }

    void check_values() {
        for (const std::string_view path : conventional_paths(row_.resource_type)) {
            if (scope_.is_flagged(path.substr(0, path.find('.')))) continue;
            if (!is_path_truthy(row_.resource, path)) {
                report("match.value_falsy", "1",
                       std::string(path) + " has no true value and is left out of the query");
            }
        }
    }

    RowScope& scope_;
    const DecodedRow& row_;
    bool is_broken_ = false;
};

}  // namespace

void check_envelope(RowScope& scope, const DecodedRow& row) {
    const bool is_error = row.resource_type == "inventory.ErrorResource";
    if (row.state != state_success && row.state != state_failure) {
        scope.fail("row.state", "state", std::to_string(row.state) + " is neither 4 nor 5");
    }
    if (row.state == state_failure) {
        if (!is_error) {
            scope.fail("failure.resource_type", "resource_type",
                       "'" + row.resource_type + "' in a FAILURE row");
        }
        if (row.message.empty()) scope.fail("failure.message", "message", "is empty");
    } else if (is_error && row.state == state_success) {
        scope.fail("failure.state", "state", "an ErrorResource that is no FAILURE");
    } else if (std::find(known_types.begin(), known_types.end(), row.resource_type) ==
               known_types.end()) {
        scope.fail("row.resource_type", "resource_type",
                   "'" + row.resource_type + "' is unknown to inventory");
    }
    if (!row.has_resource || row.resource.empty()) {
        scope.fail("row.resource_missing", "resource", "is absent or empty");
    }
}

void check_match_rules(RowScope& scope, const DecodedRow& row) {
    if (conventional_paths(row.resource_type).empty()) return;
    if (!row.has_match_rules || row.match_rules.empty()) {
        scope.fail("row.match_rules_empty", "match_rules", "inventory cannot find the resource");
        return;
    }
    MatchRules(scope, row).check();
}

void check_failure_payload(RowScope& scope, const DecodedRow& row) {
    constexpr std::array<std::string_view, 5> keys{
        "resource_type", "provider", "cloud_service_group", "cloud_service_type", "resource_id"};
    for (const auto& [key, value] : row.resource.items()) {
        const std::string_view name = key;
        if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
            scope.fail_key("failure.payload", key, "does not belong to an ErrorResource");
        } else if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
            scope.fail_key("failure.payload", key, "is no text, or empty: " + brief(value));
        }
    }
    check_provider(scope, row.resource);
}

}  // namespace pf::test
