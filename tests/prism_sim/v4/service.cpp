#include "tests/prism_sim/v4/service.hpp"

#include <array>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/v4/envelope.hpp"
#include "tests/prism_sim/v4/field_selection.hpp"

namespace pf::sim {
namespace {

constexpr std::string_view kPrefix = "/api/";

// A name from a path may stand in an answer only if it looks like a namespace.
std::string_view safe_name(std::string_view name) {
    const bool is_plain =
        !name.empty() && name.size() <= 32 &&
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    return is_plain ? name : "prism";
}

std::string entity_tag(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = mix64(hash ^ static_cast<unsigned char>(c));
    std::string tag(1, '"');
    tag.append(to_text({hash, mix64(hash)}), 0, 18);
    return tag += '"';
}

}  // namespace

// A path in its parts: /api/<name_space>/<version>/<rest>.
struct V4Service::Place {
    std::string_view name_space, version, rest;
    int minor = 0;
    std::string_view beta;

    static Place of(std::string_view path) {
        Place place;
        path.remove_prefix(std::min(path.size(), kPrefix.size()));
        place.name_space = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), place.name_space.size() + 1));
        place.version = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), place.version.size() + 1));
        place.rest = path;
        place.name_space = safe_name(place.name_space);
        return place;
    }
};

V4Service::V4Service(const Config& config, const World& world, VmRoster& roster)
    : generation_(generation_of(config.pc_version)),
      empty_data_(config.empty_data),
      query_rules_{config.refuse_filters, config.over_limit},
      collections_(make_collections(world, roster)) {}

bool V4Service::is_vm_list(const Request& request) {
    const Place place = Place::of(request.path);
    return request.method == "GET" && place.name_space == "vmm" && place.rest == "ahv/config/vms";
}

const Collection* V4Service::find(std::string_view name_space, std::string_view path) const {
    for (const auto& collection : collections_) {
        const CollectionNames& names = collection->names();
        if (names.name_space == name_space && names.path == path) return collection.get();
    }
    return nullptr;
}

void V4Service::not_found(const Place& place, Response& response) const {
    ObjectWriter out(response.body, place.minor, place.beta);
    write_app_error(response, out, place.name_space,
                    std::string(place.name_space) + ".v4.error.ErrorResponse",
                    {404, "The requested resource was not found.", "RESOURCE_NOT_FOUND", "", ""});
}

void V4Service::refuse(const Request& request, Response& response, std::uint32_t status,
                       std::string_view message, std::string_view group) const {
    const Place place = Place::of(request.path);
    const Collection* collection = find(place.name_space, place.rest);
    const NamespaceVersion* served = generation_.find(place.name_space);
    ObjectWriter out(response.body, served == nullptr ? 0 : served->minor,
                     served == nullptr ? "" : served->beta);
    const std::string unknown = std::string(place.name_space) + ".v4.error.ErrorResponse";
    write_app_error(response, out, place.name_space,
                    collection == nullptr ? unknown : collection->names().list_type,
                    {status, message, group, "", ""});
}

void V4Service::answer(const Request& request, Response& response) const {
    Place place = Place::of(request.path);
    const NamespaceVersion* served = generation_.find(place.name_space);
    if (served == nullptr) return not_found(place, response);
    if (place.version == "unversioned") return answer_info(place, response);
    const std::optional<int> minor = served_minor(*served, place.version);
    if (!minor) return not_found(place, response);
    place.minor = *minor;
    place.beta = served->beta;
    if (request.method != "GET") {
        return refuse(request, response, 405, "Method not allowed.", "METHOD_NOT_ALLOWED");
    }
    if (const Collection* list = find(place.name_space, place.rest))
        return answer_list(place, request, *list, response);
    const std::size_t slash = place.rest.rfind('/');
    if (slash != std::string_view::npos) {
        if (const Collection* parent = find(place.name_space, place.rest.substr(0, slash)))
            return answer_one(place, request, *parent, place.rest.substr(slash + 1), response);
    }
    not_found(place, response);
}

void V4Service::answer_info(const Place& place, Response& response) const {
    if (place.rest != "info") return not_found(place, response);
    JsonWriter out(response.body);
    out.open_item();
    out.plain("data", version_text(*generation_.find(place.name_space)));
    out.close();
}

void V4Service::answer_list(const Place& place, const Request& request,
                            const Collection& collection, Response& response) const {
    const CollectionNames& names = collection.names();
    ObjectWriter out(response.body, place.minor, place.beta);
    auto parsed = parse_list_query(request, query_rules_);
    Found found;
    if (auto* query = std::get_if<ListQuery>(&parsed)) {
        if (auto problem = collection.find(*query, found))
            parsed = *problem;
        else if (query->is_empty)
            found.handles.clear();
    }
    if (const auto* problem = std::get_if<QueryProblem>(&parsed)) {
        return write_schema_error(response, out, names.name_space, names.list_type, request,
                                  *problem);
    }
    const auto& query = std::get<ListQuery>(parsed);
    out.open_item();
    write_list_metadata(out, request, {query.page, query.limit, found.total, names.is_paginated});
    if (!found.handles.empty() || empty_data_ == EmptyData::array) {
        out.open_list("data");
        for (const std::uint32_t handle : found.handles) {
            const std::size_t begin = response.body.size();
            collection.write(out, handle);
            if (!query.select.empty()) keep_fields(response.body, begin, query.select);
        }
        out.close_list();
        out.plain("$dataItemDiscriminator", "List<" + std::string(names.item_type) + ">");
    }
    out.stamp(names.list_type);
    out.close();
}

void V4Service::answer_one(const Place& place, const Request& request, const Collection& collection,
                           std::string_view id, Response& response) const {
    const CollectionNames& names = collection.names();
    ObjectWriter out(response.body, place.minor, place.beta);
    const auto parsed = parse_uuid(id);
    const auto handle = parsed ? collection.find_id(*parsed) : std::nullopt;
    if (!handle) {
        const std::string message = "The requested " + std::string(names.word) + " was not found.";
        return write_app_error(response, out, names.name_space, names.get_type,
                               {404, message, "ENTITY_NOT_FOUND", names.id_argument, id});
    }
    out.open_item();
    write_item_metadata(out, request);
    // The object is written where a value is due: a key and colon, without the comma of an element.
    response.body.append(",\"data\":");
    const std::size_t begin = response.body.size();
    collection.write(out, *handle);
    response.headers.emplace_back("ETag", entity_tag(response.body.view().substr(begin)));
    out.plain("$dataItemDiscriminator", names.item_type);
    out.stamp(names.get_type);
    out.close();
}

}  // namespace pf::sim
