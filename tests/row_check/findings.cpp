#include "tests/row_check/findings.hpp"

namespace pf::test {

using nlohmann::json;

void Findings::add(std::string_view rule, std::string where, std::string what) {
    auto found = counts_.find(rule);
    if (found == counts_.end()) found = counts_.emplace(std::string(rule), 0).first;
    if (found->second++ < kept_per_rule_) {
        list_.push_back({std::string(rule), std::move(where), std::move(what)});
    }
}

std::uint64_t Findings::count_of(std::string_view rule) const {
    const auto found = counts_.find(rule);
    return found == counts_.end() ? 0 : found->second;
}

void RowScope::describe_row(const DecodedRow& row) {
    title_ = " " + row.resource_type;
    const bool is_region = row.resource_type == "inventory.Region";
    for (const char* key : {"cloud_service_group", "cloud_service_type", "group", "name",
                            "region_code", "namespace_id", "metric_id"}) {
        if (std::string_view(key) == "region_code" && !is_region) continue;
        const std::string_view value = text_of(row.resource, key);
        if (!value.empty()) title_.append(" ").append(value.substr(0, 80));
    }
}

std::string RowScope::title() const { return "row " + std::to_string(number_) + title_; }

void RowScope::fail(std::string_view rule, const std::string& place, std::string what) {
    findings_.add(rule, title() + ": " + place, std::move(what));
}

void RowScope::fail_key(std::string_view rule, const std::string& key, std::string what) {
    flagged_.insert(key);
    fail(rule, key, std::move(what));
}

FaultSink RowScope::sink() {
    return [this](std::string_view rule, std::string place, std::string what) {
        fail(rule, place, std::move(what));
    };
}

std::string_view text_of(const json& object, const char* key) {
    if (!object.is_object()) return {};
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return {};
    return found->get_ref<const std::string&>();
}

const json& child_of(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string brief(const json& value) {
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    constexpr std::size_t longest = 120;
    if (text.size() > longest) text = text.substr(0, longest) + "...";
    return text;
}

}  // namespace pf::test
