#include "tests/prism_sim/v4/stats_service.hpp"

#include <algorithm>

#include "tests/prism_sim/model/subjects.hpp"
#include "tests/prism_sim/v4/list_window.hpp"
#include "tests/prism_sim/v4/stats_json.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr std::string_view kClusters = "stats/clusters/", kHosts = "/hosts/";

}  // namespace

// One request at one place.
struct V4Statistics::Asked {
    const StatsPlace& place;
    const Path& path;
    const Request& request;
};

V4Statistics::V4Statistics(const Config& config, const World& world, VmRoster& roster,
                           const Permissions& permissions, const Statistics& statistics)
    : readings_(config.v4),
      rules_{config.refuse_filters, false, config.over_limit, config.v4.default_limit,
             config.v4.page_cap},
      empty_data_(config.empty_data),
      behind_end_(config.behind_end),
      tells_why_(config.json_auth_errors),
      world_(world),
      roster_(roster),
      permissions_(permissions),
      statistics_(statistics) {}

bool V4Statistics::answer(const Path& path, const Request& request, Response& response) const {
    const std::string_view rest = path.rest;
    const std::size_t hosts = rest.find(kHosts);
    if (path.name_space == "clustermgmt" && rest.starts_with(kClusters) &&
        hosts != std::string_view::npos) {
        const Asked asked{host_stats_place(), path, request};
        const std::string_view id = rest.substr(hosts + kHosts.size());
        const std::string_view cluster = rest.substr(kClusters.size(), hosts - kClusters.size());
        if (!is_forbidden(asked, response)) answer_one(asked, id, find_host(cluster, id), response);
        return true;
    }
    for (const StatsPlace& place : stats_places()) {
        if (place.names.name_space != path.name_space || !rest.starts_with(place.names.path))
            continue;
        const Asked asked{place, path, request};
        std::string_view id = rest.substr(place.names.path.size());
        const bool is_list = id.empty() && place.has_rows();
        if (!is_list && !id.starts_with('/')) continue;
        if (is_forbidden(asked, response)) return true;
        if (is_list) {
            answer_list(asked, response);
            return true;
        }
        id.remove_prefix(1);
        const auto parsed = parse_uuid(id);
        answer_one(asked, id, parsed ? find(place.kind, *parsed) : std::nullopt, response);
        return true;
    }
    return false;
}

bool V4Statistics::is_forbidden(const Asked& asked, Response& response) const {
    const CollectionNames& names = asked.place.names;
    const auto role = permissions_.missing_role(names.kind);
    if (!role) return false;
    response.status = 403;
    if (role->empty() && !tells_why_) return true;
    ObjectWriter out(response.body, asked.path.minor, asked.path.beta);
    const std::string message = missing_role_message(*role);
    write_app_error(response, out, names.name_space, names.get_type,
                    {403, message, "ACCESS_DENIED", "", ""});
    return true;
}

std::optional<std::uint32_t> V4Statistics::find(Measured kind, const Uuid& id) const {
    const auto subject = find_subject(world_, roster_, permissions_, kind, id);
    return subject ? std::optional(subject->index) : std::nullopt;
}

std::optional<std::uint32_t> V4Statistics::find_host(std::string_view cluster,
                                                     std::string_view host) const {
    const auto cluster_id = parse_uuid(cluster), host_id = parse_uuid(host);
    const auto index = host_id ? find(Measured::host, *host_id) : std::nullopt;
    if (!index || !cluster_id) return std::nullopt;
    return world_.clusters[world_.hosts[*index].cluster].id == *cluster_id ? index : std::nullopt;
}

std::variant<V4Statistics::Query, QueryProblem> V4Statistics::parse(const Asked& asked) const {
    // $filter of statistics has a form of its own.
    Request rest = asked.request;
    std::erase_if(rest.query, [](const auto& one) { return one.first == "$filter"; });
    const auto window = parse_window(rest, statistics_.readings());
    if (const auto* problem = std::get_if<QueryProblem>(&window)) return *problem;
    auto selection = parse_selection(rest, asked.place, asked.path.minor, statistics_.readings());
    if (const auto* problem = std::get_if<QueryProblem>(&selection)) return *problem;
    return Query{std::get<SampleWindow>(window), std::move(std::get<StatsSelection>(selection))};
}

// The samples of an answer about so many things, if it can hold them.
std::variant<std::vector<SampleSlot>, QueryProblem> V4Statistics::slots(const SampleWindow& window,
                                                                        std::size_t entries) const {
    const StatisticsReadings& readings = statistics_.readings();
    const std::uint64_t things = std::max<std::uint64_t>(1, entries);
    const std::uint64_t most = std::max<std::uint64_t>(1, readings.most_samples / things);
    if (readings.over_samples == OverSamples::refused && count_slots(window, readings) > most) {
        return QueryProblem{"$samplingInterval",
                            "more samples than an answer holds: at most " +
                                std::to_string(readings.most_samples) +
                                "; ask for a longer interval, a shorter time or fewer entities"};
    }
    return sample_slots(window, readings, statistics_.now_s(), most);
}

void V4Statistics::refuse(const Asked& asked, const QueryProblem& problem,
                          Response& response) const {
    const CollectionNames& names = asked.place.names;
    const bool is_list = asked.path.rest == names.path;
    ObjectWriter out(response.body, asked.path.minor, asked.path.beta);
    write_schema_error(response, out, names.name_space, is_list ? names.list_type : names.get_type,
                       asked.request, problem);
}

void V4Statistics::answer_one(const Asked& asked, std::string_view id,
                              std::optional<std::uint32_t> index, Response& response) const {
    const CollectionNames& names = asked.place.names;
    const auto parsed = parse(asked);
    if (const auto* problem = std::get_if<QueryProblem>(&parsed))
        return refuse(asked, *problem, response);
    const Query& query = std::get<Query>(parsed);
    const auto found = slots(query.window, 1);
    if (const auto* problem = std::get_if<QueryProblem>(&found))
        return refuse(asked, *problem, response);
    ObjectWriter out(response.body, asked.path.minor, asked.path.beta);
    if (!index) {
        const std::string message = "The requested " + std::string(names.word) + " was not found.";
        return write_app_error(response, out, names.name_space, names.get_type,
                               {404, message, "ENTITY_NOT_FOUND", names.id_argument, id});
    }
    const auto& samples = std::get<std::vector<SampleSlot>>(found);
    const Subject subject{asked.place.kind, *index};
    const bool is_left_out = asked.place.has_rows() &&
                             statistics_.readings().off_rows == OffRows::absent &&
                             !has_sample(subject, samples);
    out.open_item();
    write_item_metadata(out, asked.request);
    if (!readings_.empty_stats && !is_left_out && statistics_.meter(subject).is_measured()) {
        response.body.append(",\"data\":");
        write(out, asked, *index, query, samples);
    }
    out.plain("$dataItemDiscriminator", names.item_type);
    out.stamp(names.get_type);
    out.close();
}

void V4Statistics::write(ObjectWriter& out, const Asked& asked, std::uint32_t index,
                         const Query& query, const std::vector<SampleSlot>& slots) const {
    const Subject subject{asked.place.kind, index};
    const bool has_rows = asked.place.has_rows();
    const StatsEntry entry{asked.place,
                           subject,
                           id_of_subject(world_, subject),
                           world_.clusters[cluster_of_subject(world_, subject)].id,
                           query.selection,
                           slots,
                           query.window.type,
                           !readings_.empty_stats};
    has_rows ? write_stats_rows(out, statistics_, entry)
             : write_stats_columns(out, statistics_, entry);
}

bool V4Statistics::has_sample(const Subject& subject, const std::vector<SampleSlot>& slots) const {
    if (slots.empty()) return false;
    const Meter meter = statistics_.meter(subject);
    if (!meter.is_measured()) return false;
    return statistics_.readings().off_samples != OffSamples::missing ||
           meter.power().running_seconds(slots.back().from_s, slots.front().to_s) > 0;
}

// Every VM that is seen, in the order asked for.
void V4Statistics::select_rows(Measured kind, const VmSelection& selection, Found& found) const {
    if (kind == Measured::vm) {
        roster_.select(selection, found.handles);
        return;
    }
    for (std::uint32_t i = 0; i < world_.esxi_vms.size(); ++i)
        if (permissions_.sees_cluster(world_.esxi_vms[i].cluster)) found.handles.push_back(i);
    if (selection.order == VmOrder::ext_id)
        std::sort(found.handles.begin(), found.handles.end(),
                  [this](std::uint32_t a, std::uint32_t b) {
                      return world_.esxi_vms[a].id < world_.esxi_vms[b].id;
                  });
    if (selection.descending) std::reverse(found.handles.begin(), found.handles.end());
}

std::optional<QueryProblem> V4Statistics::find_rows(const Asked& asked, const Query& query,
                                                    const ListQuery& list, Found& found) const {
    const Measured kind = asked.place.kind;
    VmSelection selection{.descending = list.descending, .limit = 0xffffffff};
    if (list.order_field == "extId")
        selection.order = VmOrder::ext_id;
    else if (!list.order_field.empty())
        return not_sortable(list.order_field);
    if (const auto text = asked.request.parameter("$filter")) {
        const StatsFilter accepted =
            rules_.refuse_filters ? StatsFilter::refused : statistics_.readings().filter;
        const auto ids = parse_id_filter(*text, accepted);
        if (const auto* problem = std::get_if<QueryProblem>(&ids)) return *problem;
        for (const Uuid& id : std::get<std::vector<Uuid>>(ids))
            if (const auto index = find(kind, id)) found.handles.push_back(*index);
        std::sort(found.handles.begin(), found.handles.end());
        found.handles.erase(std::unique(found.handles.begin(), found.handles.end()),
                            found.handles.end());
    } else {
        select_rows(kind, selection, found);
    }
    if (statistics_.readings().off_rows == OffRows::absent) {
        const auto samples = sample_slots(query.window, statistics_.readings(), statistics_.now_s(),
                                          statistics_.readings().most_samples);
        std::erase_if(found.handles, [&](std::uint32_t index) {
            return !has_sample({kind, index}, samples);
        });
    }
    found.total = found.handles.size();
    const std::uint64_t begin = std::min<std::uint64_t>(list.page * list.limit, found.total);
    const std::uint64_t end = std::min<std::uint64_t>(begin + list.limit, found.total);
    found.handles =
        std::vector<std::uint32_t>(found.handles.begin() + static_cast<std::ptrdiff_t>(begin),
                                   found.handles.begin() + static_cast<std::ptrdiff_t>(end));
    return std::nullopt;
}

void V4Statistics::answer_list(const Asked& asked, Response& response) const {
    const CollectionNames& names = asked.place.names;
    Request rest = asked.request;
    std::erase_if(rest.query, [](const auto& one) { return one.first == "$filter"; });
    const auto list_parsed = parse_list_query(rest, rules_);
    if (const auto* problem = std::get_if<QueryProblem>(&list_parsed))
        return refuse(asked, *problem, response);
    const auto& list = std::get<ListQuery>(list_parsed);
    const auto parsed = parse(asked);
    if (const auto* problem = std::get_if<QueryProblem>(&parsed))
        return refuse(asked, *problem, response);
    const Query& query = std::get<Query>(parsed);
    Found found;
    if (const auto problem = find_rows(asked, query, list, found))
        return refuse(asked, *problem, response);
    if (list.page > 0 && behind_end_ == BehindEnd::refused && list.page * list.limit >= found.total)
        return refuse(asked, {"$page", "page is beyond the last one"}, response);
    const auto samples = slots(query.window, found.handles.size());
    if (const auto* problem = std::get_if<QueryProblem>(&samples))
        return refuse(asked, *problem, response);
    const PageWindow window = cut_list(readings_, list, names.is_paginated, found);
    ObjectWriter out(response.body, asked.path.minor, asked.path.beta);
    out.open_item();
    write_list_metadata(out, asked.request, window);
    if (!found.handles.empty() || empty_data_ == EmptyData::array) {
        out.open_list("data");
        for (const std::uint32_t index : found.handles)
            write(out, asked, index, query, std::get<std::vector<SampleSlot>>(samples));
        out.close_list();
        out.plain("$dataItemDiscriminator", "List<" + std::string(names.item_type) + ">");
    }
    out.stamp(names.list_type);
    out.close();
}

}  // namespace pf::sim
