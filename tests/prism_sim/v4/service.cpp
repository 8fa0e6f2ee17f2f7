#include "tests/prism_sim/v4/service.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/v4/envelope.hpp"
#include "tests/prism_sim/v4/field_selection.hpp"
#include "tests/prism_sim/v4/list_window.hpp"
#include "tests/prism_sim/v4/serviceability.hpp"

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

bool is_named(const std::vector<std::string>& lists, std::string_view list) {
    return std::any_of(lists.begin(), lists.end(),
                       [list](const std::string& one) { return one == list || one == "all"; });
}

void require_list(const std::string& list, const std::vector<std::unique_ptr<Collection>>& all) {
    const auto is_it = [&](const auto& collection) { return collection->names().list() == list; };
    if (list != "all" && std::none_of(all.begin(), all.end(), is_it))
        throw std::invalid_argument("there is no list '" + list + "'");
}

// What a firewall between client and server says.
void write_blocked_page(Response& response, std::uint32_t status) {
    response.status = status;
    response.content_type = "text/html";
    response.body.append("<html><head><title>" + std::to_string(status) +
                         "</title></head><body>The request was blocked.</body></html>\n");
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
    int minor = 0;  // Of the version asked for, or of what is shown when newer fields leak.
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

V4Service::V4Service(const Config& config, const World& world, VmRoster& roster,
                     const Permissions& permissions, const Statistics& statistics,
                     const AlertBook& alerts)
    : readings_(config.v4),
      empty_data_(config.empty_data),
      behind_end_(config.behind_end),
      query_rules_{config.refuse_filters, false, config.over_limit, config.v4.default_limit,
                   config.v4.page_cap},
      tells_why_(config.json_auth_errors),
      permissions_(permissions),
      namespaces_(served_namespaces(config.pc_version, config.v4)),
      collections_(make_collections(world, roster, permissions)),
      details_(make_volume_details(world, roster, permissions)),
      stats_(config, world, roster, permissions, statistics) {
    add_serviceability(world, alerts, collections_);
    for (const auto* lists : {&readings_.refuse_orderby, &readings_.refuse_filter})
        for (const std::string& list : *lists) require_list(list, collections_);
}

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

const NamespaceVersion* V4Service::find_namespace(std::string_view name) const {
    for (const NamespaceVersion& version : namespaces_)
        if (version.name == name) return &version;
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
    const NamespaceVersion* served = find_namespace(place.name_space);
    ObjectWriter out(response.body, served == nullptr ? 0 : served->minor,
                     served == nullptr ? "" : served->beta);
    const std::string unknown = std::string(place.name_space) + ".v4.error.ErrorResponse";
    write_app_error(response, out, place.name_space,
                    collection == nullptr ? unknown : collection->names().list_type,
                    {status, message, group, "", ""});
}

void V4Service::answer(const Request& request, Response& response) const {
    Place place = Place::of(request.path);
    const NamespaceVersion* served = find_namespace(place.name_space);
    if (served == nullptr) return not_found(place, response);
    if (place.version == "unversioned") return answer_info(place, request, response);
    const std::optional<int> minor = served_minor(*served, place.version);
    if (!minor) return not_found(place, response);
    place.minor = readings_.leaks_newer_fields ? served->minor : *minor;
    place.beta = served->beta;
    if (request.method != "GET")
        return refuse(request, response, 405, "Method not allowed.", "METHOD_NOT_ALLOWED");
    answer_collection(place, request, response);
}

void V4Service::answer_collection(const Place& place, const Request& request,
                                  Response& response) const {
    if (const Collection* list = find(place.name_space, place.rest)) {
        if (!is_forbidden(request, *list, response)) answer_list(place, request, *list, response);
        return;
    }
    if (answer_detail(place, request, response)) return;
    const std::size_t slash = place.rest.rfind('/');
    const Collection* parent = slash == std::string_view::npos
                                   ? nullptr
                                   : find(place.name_space, place.rest.substr(0, slash));
    if (parent == nullptr) return not_found(place, response);
    if (!is_forbidden(request, *parent, response))
        answer_one(place, request, *parent, place.rest.substr(slash + 1), response);
}

// Statistics, and <parents>/{extId}/<name>.
bool V4Service::answer_detail(const Place& place, const Request& request,
                              Response& response) const {
    if (stats_.answer({place.name_space, place.rest, place.minor, place.beta}, request, response))
        return true;
    for (const DetailList& detail : details_) {
        const std::string_view rest = place.rest;
        const std::size_t around = detail.parents.size() + 1 + detail.name.size() + 1;
        if (detail.name_space != place.name_space || rest.size() <= around ||
            !rest.starts_with(detail.parents) || !rest.ends_with(detail.name) ||
            rest[detail.parents.size()] != '/' || rest[rest.size() - detail.name.size() - 1] != '/')
            continue;
        const std::string_view id = rest.substr(detail.parents.size() + 1, rest.size() - around);
        const auto parsed = parse_uuid(id);
        const auto parent = parsed ? detail.find(*parsed) : std::nullopt;
        const auto list = make_table_collection(detail.table(parent.value_or(0)), permissions_);
        if (is_forbidden(request, *list, response)) return true;
        parent ? answer_list(place, request, *list, response)
               : unknown_entity(place, list->names(), id, response);
        return true;
    }
    return false;
}

void V4Service::unknown_entity(const Place& place, const CollectionNames& names,
                               std::string_view id, Response& response) const {
    ObjectWriter out(response.body, place.minor, place.beta);
    const std::string message = "The requested " + std::string(names.word) + " was not found.";
    write_app_error(response, out, names.name_space, names.get_type,
                    {404, message, "ENTITY_NOT_FOUND", names.id_argument, id});
}

bool V4Service::is_forbidden(const Request& request, const Collection& collection,
                             Response& response) const {
    const auto role = permissions_.missing_role(collection.names().kind);
    if (!role) return false;
    response.status = 403;
    if (!role->empty() || tells_why_) {
        refuse(request, response, 403, missing_role_message(*role), "ACCESS_DENIED");
    }
    return true;
}

void V4Service::answer_info(const Place& place, const Request& request, Response& response) const {
    if (place.rest != "info") return not_found(place, response);
    if (request.method != "OPTIONS")
        return refuse(request, response, 405, "Method not allowed.", "METHOD_NOT_ALLOWED");
    switch (readings_.info) {
        case InfoAnswer::version:
            break;
        case InfoAnswer::status_403:
            return write_blocked_page(response, 403);
        case InfoAnswer::status_404:
            return not_found(place, response);
        case InfoAnswer::status_405:
            return write_blocked_page(response, 405);
        case InfoAnswer::status_501:
            return write_blocked_page(response, 501);
        case InfoAnswer::html:
            return write_blocked_page(response, 200);
    }
    JsonWriter out(response.body);
    out.open_item();
    out.plain("data", version_text(*find_namespace(place.name_space)));
    out.close();
}

void V4Service::answer_list(const Place& place, const Request& request,
                            const Collection& collection, Response& response) const {
    const CollectionNames& names = collection.names();
    ObjectWriter out(response.body, place.minor, place.beta);
    QueryRules rules = query_rules_;
    rules.refuse_filters |= is_named(readings_.refuse_filter, names.list());
    rules.refuse_orderby |= is_named(readings_.refuse_orderby, names.list());
    auto parsed = parse_list_query(request, rules);
    Found found;
    if (auto* query = std::get_if<ListQuery>(&parsed)) {
        if (auto problem = collection.find(*query, found)) {
            parsed = *problem;
        } else if (query->page > 0 && behind_end_ == BehindEnd::refused &&
                   query->page * query->limit >= found.total) {
            parsed = QueryProblem{"$page", "page is beyond the last one"};
        }
    }
    if (const auto* problem = std::get_if<QueryProblem>(&parsed)) {
        return write_schema_error(response, out, names.name_space, names.list_type, request,
                                  *problem);
    }
    const auto& query = std::get<ListQuery>(parsed);
    const PageWindow window = cut_list(readings_, query, names.is_paginated, found);
    out.open_item();
    write_list_metadata(out, request, window);
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
    if (!handle) return unknown_entity(place, names, id, response);
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
