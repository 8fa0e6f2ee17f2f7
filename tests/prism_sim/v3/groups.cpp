#include "tests/prism_sim/v3/groups.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/v3/fiql.hpp"
#include "tests/prism_sim/v3/refusal.hpp"

namespace pf::sim::v3 {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMeasuredUs = 1'763'892'000'000'000ULL;
constexpr std::uint32_t kFirstSerial = 100;

struct GroupsRequest {
    std::vector<std::string> attributes;
    std::uint64_t offset = 0;
    std::uint64_t count = 0xffffffff;
    std::string sort_attribute;
    std::optional<Fiql> filter;
};

std::optional<std::string> read_attributes(const json& body, GroupsRequest& request) {
    const auto found = body.find("group_member_attributes");
    if (found == body.end()) return std::nullopt;
    if (!found->is_array()) return "group_member_attributes is not a list";
    for (const json& entry : *found) {
        if (!entry.is_object() || !entry.contains("attribute") || !entry["attribute"].is_string())
            return "group_member_attributes: an entry has no attribute";
        request.attributes.push_back(entry["attribute"].get<std::string>());
    }
    return std::nullopt;
}

std::optional<std::string> read_window(const json& body, GroupsRequest& request) {
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

std::optional<std::string> read_filter(const json& body, GroupsRequest& request) {
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

std::variant<GroupsRequest, Refusal> parse(std::string_view text) {
    const json body = json::parse(text, nullptr, false);
    if (!body.is_object()) return unprocessable("the request body is not a JSON object");
    const auto type = body.find("entity_type");
    if (type == body.end() || *type != "storage_container")
        return unprocessable("entity_type must be storage_container");
    GroupsRequest request;
    for (const auto read : {read_attributes, read_window, read_filter})
        if (auto problem = read(body, request)) return unprocessable(std::move(*problem));
    return request;
}

// The value of an attribute; nothing if a container has no such attribute.
std::optional<std::string> attribute(const World& world, std::uint32_t index,
                                     std::string_view name) {
    const Container& container = world.containers[index];
    if (name == "container_name") return container.name;
    if (name == "serial") return std::to_string(kFirstSerial + index);
    if (name == "cluster") return to_text(world.clusters[container.cluster].id);
    if (name == "storage.user_capacity_bytes") return std::to_string(container.capacity_bytes);
    if (name == "storage.user_free_bytes")
        return std::to_string(container.capacity_bytes - used_bytes(world, index));
    if (name == "state") return "kComplete";
    return std::nullopt;
}

std::vector<std::uint32_t> select(const World& world, const Permissions& permissions,
                                  const GroupsRequest& request) {
    std::vector<std::uint32_t> selected;
    for (std::uint32_t i = 0; i < world.containers.size(); ++i) {
        const auto value = [&](std::string_view name) { return attribute(world, i, name); };
        if (!permissions.sees_cluster(world.containers[i].cluster)) continue;
        if (!request.filter || request.filter->matches(value)) selected.push_back(i);
    }
    if (!request.sort_attribute.empty()) {
        std::stable_sort(selected.begin(), selected.end(), [&](std::uint32_t a, std::uint32_t b) {
            return attribute(world, a, request.sort_attribute) <
                   attribute(world, b, request.sort_attribute);
        });
    }
    return selected;
}

void write_column(JsonWriter& out, std::string_view name, const std::optional<std::string>& value) {
    out.open_item();
    out.text("name", name);
    out.open_list("values");
    if (value) {
        out.open_item();
        out.number("time", kMeasuredUs);
        out.open_list("values");
        out.element(*value);
        out.close_list();
        out.close();
    }
    out.close_list();
    out.close();
}

void write_entity(JsonWriter& out, const World& world, std::uint32_t index,
                  const GroupsRequest& request) {
    out.open_item();
    out.uuid("entity_id", world.containers[index].id);
    out.open_list("data");
    for (const std::string& name : request.attributes)
        write_column(out, name, attribute(world, index, name));
    out.close_list();
    out.close();
}

}  // namespace

void answer_groups(const World& world, const Permissions& permissions, std::uint32_t cap,
                   std::string_view body, Response& response) {
    const auto parsed = parse(body);
    if (const auto* refusal = std::get_if<Refusal>(&parsed))
        return write_refusal(response, *refusal);
    const auto& request = std::get<GroupsRequest>(parsed);
    const std::vector<std::uint32_t> selected = select(world, permissions, request);
    const std::uint64_t begin = std::min<std::uint64_t>(request.offset, selected.size());
    const std::uint64_t count =
        cap == 0 ? request.count : std::min<std::uint64_t>(request.count, cap);
    const std::uint64_t end = std::min<std::uint64_t>(selected.size(), begin + count);
    JsonWriter out(response.body);
    out.open_item();
    out.plain("entity_type", "storage_container");
    out.number("filtered_entity_count", selected.size());
    out.number("filtered_group_count", 1);
    out.open_list("group_results");
    out.open_item();
    out.plain("group_by_column_value", "");
    out.number("total_entity_count", selected.size());
    out.open_list("entity_results");
    for (std::uint64_t i = begin; i < end; ++i) write_entity(out, world, selected[i], request);
    out.close_list();
    out.close();
    out.close_list();
    out.number("total_entity_count", selected.size());
    out.number("total_group_count", 1);
    out.close();
}

}  // namespace pf::sim::v3
