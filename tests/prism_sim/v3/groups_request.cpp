#include "tests/prism_sim/v3/groups_request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace pf::sim::v3 {
namespace {

using nlohmann::json;
using Problem = std::optional<std::string>;

constexpr std::uint64_t kLongestStep = 366 * 86'400;
constexpr std::uint64_t kLastMs = 253'402'300'799'000ULL;  // The year 9999.

std::optional<StatType> operation_named(std::string_view name) {
    constexpr std::pair<std::string_view, StatType> known[] = {
        {"SUM", StatType::sum}, {"MIN", StatType::min},     {"MAX", StatType::max},
        {"AVG", StatType::avg}, {"COUNT", StatType::count}, {"LAST", StatType::last}};
    for (const auto& [text, type] : known)
        if (text == name) return type;
    return std::nullopt;
}

Problem read_type(const json& body, GroupsRequest& request) {
    const auto type = body.find("entity_type");
    if (type == body.end() || !type->is_string()) return "entity_type is missing";
    request.entity_type = type->get<std::string>();
    return std::nullopt;
}

Problem read_attributes(const json& body, GroupsRequest& request) {
    const auto found = body.find("group_member_attributes");
    if (found == body.end()) return std::nullopt;
    if (!found->is_array()) return "group_member_attributes is not a list";
    for (const json& entry : *found) {
        if (!entry.is_object() || !entry.contains("attribute") || !entry["attribute"].is_string())
            return "group_member_attributes: an entry has no attribute";
        GroupsAttribute attribute{entry["attribute"].get<std::string>(), {}};
        if (const auto operation = entry.find("operation"); operation != entry.end()) {
            if (operation->is_string())
                attribute.operation = operation_named(operation->get<std::string>());
            if (!attribute.operation) return "group_member_attributes: unknown operation";
        }
        request.attributes.push_back(std::move(attribute));
    }
    return std::nullopt;
}

Problem read_window(const json& body, GroupsRequest& request) {
    const auto read = [&body](const char* name, std::uint64_t& value) {
        const auto found = body.find(name);
        if (found == body.end()) return true;
        if (!found->is_number_unsigned()) return false;
        value = std::min<std::uint64_t>(found->get<std::uint64_t>(), 0xffffffff);
        return true;
    };
    if (!read("group_member_offset", request.offset)) return "group_member_offset is not a count";
    if (!read("group_member_count", request.count)) return "group_member_count is not a count";
    return std::nullopt;
}

Problem read_filter(const json& body, GroupsRequest& request) {
    const auto sorted = body.find("group_member_sort_attribute");
    if (sorted != body.end() && sorted->is_string())
        request.sort_attribute = sorted->get<std::string>();
    const auto found = body.find("filter_criteria");
    if (found == body.end() || (found->is_string() && found->get<std::string>().empty()))
        return std::nullopt;
    if (!found->is_string()) return "filter_criteria is not a string";
    request.filter = Fiql::parse(found->get<std::string>());
    if (!request.filter) return "filter_criteria is not FIQL";
    return std::nullopt;
}

Problem read_ids(const json& body, GroupsRequest& request) {
    const auto found = body.find("entity_ids");
    if (found == body.end()) return std::nullopt;
    if (!found->is_array()) return "entity_ids is not a list";
    request.entity_ids.emplace();
    for (const json& entry : *found) {
        if (!entry.is_string()) return "entity_ids: an entry is not a string";
        if (const auto id = parse_uuid(entry.get<std::string>()))
            request.entity_ids->push_back(*id);
    }
    return std::nullopt;
}

Problem read_interval(const json& body, GroupsRequest& request) {
    const auto start = body.find("interval_start_ms"), end = body.find("interval_end_ms");
    if (start == body.end() && end == body.end()) return std::nullopt;
    for (const auto& bound : {start, end})
        if (bound == body.end() || !bound->is_number_unsigned() ||
            bound->get<std::uint64_t>() > kLastMs)
            return "interval_start_ms and interval_end_ms must be times in milliseconds";
    SampleWindow window{start->get<std::uint64_t>() / 1'000, end->get<std::uint64_t>() / 1'000};
    if (window.start_s >= window.end_s) return "interval_start_ms must be before interval_end_ms";
    if (const auto step = body.find("downsampling_interval"); step != body.end()) {
        if (!step->is_number_unsigned() || step->get<std::uint64_t>() == 0 ||
            step->get<std::uint64_t>() > kLongestStep)
            return "downsampling_interval is not a number of seconds";
        window.step_s = step->get<std::uint32_t>();
    }
    request.window = window;
    return std::nullopt;
}

}  // namespace

std::variant<GroupsRequest, Refusal> parse_groups_request(std::string_view text) {
    const json body = json::parse(text, nullptr, false);
    if (!body.is_object()) return unprocessable("the request body is not a JSON object");
    GroupsRequest request;
    for (const auto read :
         {read_type, read_attributes, read_window, read_filter, read_ids, read_interval})
        if (auto problem = read(body, request)) return unprocessable(std::move(*problem));
    return request;
}

}  // namespace pf::sim::v3
