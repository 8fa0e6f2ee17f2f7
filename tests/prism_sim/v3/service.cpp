#include "tests/prism_sim/v3/service.hpp"

#include <algorithm>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/account.hpp"
#include "tests/prism_sim/v3/categories.hpp"
#include "tests/prism_sim/v3/envelope.hpp"
#include "tests/prism_sim/v3/groups.hpp"
#include "tests/prism_sim/v3/refusal.hpp"

namespace pf::sim {
namespace {

constexpr std::string_view kPrefix = "/api/nutanix/v3/";
constexpr std::string_view kList = "/list";
constexpr std::string_view kCategories = "categories/";

void not_found(Response& response) {
    v3::write_refusal(response, {404, "NOT_FOUND", "The requested resource was not found."});
}

}  // namespace

V3Service::V3Service(const Config& config, const World& world, VmRoster& roster,
                     const Permissions& permissions, const Statistics& statistics,
                     const AlertBook& alerts)
    : config_(config),
      world_(world),
      roster_(roster),
      statistics_(statistics),
      permissions_(permissions),
      collections_(v3::make_tables(config, world, roster, permissions)) {
    collections_.push_back(v3::make_vm_collection(config, world, permissions, roster));
    if (!config.prism_element)
        collections_.push_back(v3::make_alert_collection(config, world, alerts));
}

void V3Service::refuse(Response& response, std::uint32_t status, std::string_view reason,
                       std::string_view message, std::string_view details) {
    v3::write_refusal(response,
                      {status, std::string(reason), std::string(message), std::string(details)});
}

bool V3Service::is_vm_list(const Request& request) {
    return request.method == "POST" && request.path == "/api/nutanix/v3/vms/list";
}

const v3::Collection* V3Service::find(std::string_view plural) const {
    for (const auto& collection : collections_)
        if (collection->names().plural == plural) return collection.get();
    return nullptr;
}

bool V3Service::is_forbidden(std::string_view kind, Response& response) const {
    // The same thing under its older name.
    const bool is_rule = kind == "protection_rule";
    const auto role = permissions_.missing_role(is_rule ? "protection_policy" : kind);
    if (role) refuse(response, 403, "ACCESS_DENIED", missing_role_message(*role));
    return role.has_value();
}

bool V3Service::is_error_in_200(std::string_view kind) const {
    const auto& kinds = config_.v3.error_in_200;
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void V3Service::answer(const Request& request, Response& response) const {
    const std::string_view path = std::string_view(request.path).substr(kPrefix.size());
    if (request.method == "GET") return answer_get(path, response);
    if (request.method == "POST") return answer_post(path, request, response);
    not_found(response);
}

void V3Service::answer_get(std::string_view path, Response& response) const {
    if (v3::answer_account(config_, world_, path, response)) return;
    if (path == "prism_central" && !config_.prism_element) return answer_prism_central(response);
    const std::size_t slash = path.find('/');
    const v3::Collection* collection = find(path.substr(0, slash));
    if (collection == nullptr || slash == std::string_view::npos) return not_found(response);
    if (is_forbidden(collection->names().kind, response)) return;
    const auto id = parse_uuid(path.substr(slash + 1));
    const auto handle = id ? collection->find_id(*id) : std::nullopt;
    if (!handle) {
        return v3::write_refusal(response, {404, "ENTITY_NOT_FOUND", "The entity does not exist.",
                                            "", collection->names().kind});
    }
    JsonWriter out(response.body);
    out.open_item();
    out.plain("api_version", v3::kApiVersion);
    collection->write(out, *handle);
    out.close();
}

void V3Service::answer_post(std::string_view path, const Request& request,
                            Response& response) const {
    if (path == "groups")
        return v3::answer_groups(
            {world_, roster_, permissions_, statistics_, config_.v3.groups_cap}, request.body,
            response);
    if (path.starts_with(kCategories) && !config_.prism_element)
        return answer_categories(path, request, response);
    const v3::Collection* collection =
        path.ends_with(kList) ? find(path.substr(0, path.size() - kList.size())) : nullptr;
    if (collection == nullptr) return not_found(response);
    answer_list(*collection, request, response);
}

// categories/list and categories/{key}/list; a key may hold slashes.
void V3Service::answer_categories(std::string_view path, const Request& request,
                                  Response& response) const {
    if (is_forbidden("category", response)) return;
    const auto parsed =
        v3::parse_list_request(request.body, "category", config_.v3.length_over_500);
    if (const auto* refusal = std::get_if<v3::Refusal>(&parsed))
        return v3::write_refusal(response, *refusal);
    const auto& list = std::get<v3::ListRequest>(parsed);
    path.remove_prefix(kCategories.size());
    if (path == kList.substr(1)) return v3::answer_category_keys(world_, list, response);
    if (!path.ends_with(kList)) return not_found(response);
    v3::answer_category_values(world_, path.substr(0, path.size() - kList.size()), list, response);
}

void V3Service::answer_list(const v3::Collection& collection, const Request& request,
                            Response& response) const {
    const v3::CollectionNames& names = collection.names();
    if (is_forbidden(names.kind, response)) return;
    if (is_error_in_200(names.kind)) {
        return v3::write_refusal(
            response, {500, "INTERNAL_ERROR", "Internal server error.", "", names.kind, 200});
    }
    auto parsed = v3::parse_list_request(request.body, names.kind, config_.v3.length_over_500);
    v3::Found found;
    if (const auto* list = std::get_if<v3::ListRequest>(&parsed))
        if (auto problem = collection.find(*list, found)) parsed = std::move(*problem);
    const auto* window = std::get_if<v3::ListRequest>(&parsed);
    if (window != nullptr && config_.behind_end == BehindEnd::refused && window->offset > 0 &&
        window->offset >= found.total && names.paging == v3::Paging::pages)
        parsed = v3::unprocessable("offset is beyond the last entity");
    if (auto* refusal = std::get_if<v3::Refusal>(&parsed)) {
        refusal->kind = names.kind;
        return v3::write_refusal(response, *refusal);
    }
    const auto& list = std::get<v3::ListRequest>(parsed);
    v3::ListMetadata metadata{names.kind, found.total, {}, {}};
    if (names.paging == v3::Paging::pages) metadata.offset = list.offset;
    if (names.paging == v3::Paging::everything) metadata.offset = 0;
    if (metadata.offset) metadata.length = found.handles.size();
    JsonWriter out(response.body);
    v3::open_list(out, metadata);
    for (const std::uint32_t handle : found.handles) {
        out.open_item();
        collection.write(out, handle);
        out.close();
    }
    v3::close_list(out);
}

void V3Service::answer_prism_central(Response& response) const {
    JsonWriter out(response.body);
    out.open_item();
    out.open("resources");
    out.plain("version", world_.pc_version);
    out.plain("pc_size", facts_of(world_.pc_size).v3_name);
    out.plain("type", "PC");
    out.close();
    out.plain("api_version", v3::kApiVersion);
    out.close();
}

}  // namespace pf::sim
