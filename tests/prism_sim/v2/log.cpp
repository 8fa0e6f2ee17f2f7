#include "tests/prism_sim/v2/log.hpp"

#include <algorithm>
#include <charconv>

#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim {
namespace {

struct Page {
    std::uint64_t number = 1, count = 0;
    std::uint64_t first = 0, end = 0;  // of the entries
};

// The number in a parameter, `otherwise` without it, nothing if it is none from 1 on.
std::optional<std::uint64_t> number(const Request& request, std::string_view name,
                                    std::uint64_t otherwise) {
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    std::uint32_t value = 0;
    const char* end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc{} || at != end || value == 0) return std::nullopt;
    return value;
}

// Nothing, and a refusal, when a parameter is no number.
std::optional<Page> page_of(const Request& request, std::uint64_t total, Response& response) {
    const auto count = number(request, "count", std::max<std::uint64_t>(total, 1));
    const auto page = number(request, "page", 1);
    if (!count || !page) {
        response.status = 400;
        response.body.append("{\"message\":\"count and page are numbers from 1 on\"}");
        return std::nullopt;
    }
    Page found{*page, *count};
    found.first = std::min(total, (*page - 1) * *count);
    found.end = std::min(total, found.first + *count);
    return found;
}

// The metadata and the start of the list, which the caller closes.
void open_list(JsonWriter& out, std::uint64_t grand_total, std::uint64_t total, const Page& page) {
    const bool is_empty = page.first == page.end;
    out.open_item();
    out.open("metadata");
    out.number("grand_total_entities", grand_total);
    out.number("total_entities", total);
    out.plain("filter_criteria", "");
    out.plain("sort_criteria", "");
    out.number("page", page.number);
    out.number("count", page.end - page.first);
    out.number("start_index", is_empty ? 0 : page.first + 1);
    out.number("end_index", is_empty ? 0 : page.end);
    out.close();
    out.open_list("entities");
}

void write_host(JsonWriter& out, const World& world, std::uint32_t host) {
    out.open_list("context_types");
    out.element("host_name");
    out.close_list();
    out.open_list("context_values");
    out.element(world.hosts[host].name);
    out.close_list();
    out.open_list("affected_entities");
    out.open_item();
    out.plain("entity_type", "host");
    out.text("entity_name", world.hosts[host].name);
    out.uuid("uuid", world.hosts[host].id);
    out.close();
    out.close_list();
}

void write_alert(JsonWriter& out, const World& world, const Alert& alert) {
    static constexpr std::string_view kSeverities[] = {"kInfo", "kWarning", "kCritical"};
    const bool is_resolved = alert.state == AlertState::resolved;
    out.open_item();
    out.uuid("id", alert.id);
    out.uuid("cluster_uuid", world.clusters[alert.cluster].id);
    out.plain("alert_type_uuid", "A1131");
    out.plain("severity", kSeverities[alert.severity]);
    out.plain("alert_title", "{host_name} is hot");
    out.plain("message", "Host {host_name} is hot.");
    out.number("created_time_stamp_in_usecs", alert.created_us);
    out.number("last_occurrence_time_stamp_in_usecs", alert.occurred_us);
    out.flag("acknowledged", alert.acknowledged_us != 0);
    out.number("acknowledged_time_stamp_in_usecs", alert.acknowledged_us);
    out.plain("acknowledged_by_username", alert.acknowledged_us != 0 ? "admin" : "");
    out.flag("resolved", is_resolved);
    out.flag("auto_resolved", is_resolved && alert.is_auto_resolved);
    out.number("resolved_time_stamp_in_usecs", is_resolved ? alert.resolved_us : 0);
    write_host(out, world, alert.host);
    out.close();
}

void write_event(JsonWriter& out, const World& world, const LogEntry& event) {
    static constexpr std::string_view kTypes[] = {"HostMaintenanceEvent", "HostPowerEvent",
                                                  "DiskAddedEvent"};
    out.open_item();
    out.uuid("id", event.id);
    out.uuid("cluster_uuid", world.clusters[event.cluster].id);
    out.plain("alert_type_uuid", kTypes[event.kind]);
    out.plain("message", "Something happened to host {host_name}");
    out.number("created_time_stamp_in_usecs", event.at_us);
    write_host(out, world, event.host);
    out.close();
}

}  // namespace

bool V2Log::answer(std::string_view rest, const Request& request, Response& response) const {
    if (rest != "alerts" && rest != "events") return false;
    rest == "alerts" ? answer_alerts(request, response) : answer_events(request, response);
    return true;
}

void V2Log::answer_alerts(const Request& request, Response& response) const {
    std::vector<Alert> all = book_.alerts();
    std::erase_if(all, [&](const Alert& one) { return !permissions_.sees_cluster(one.cluster); });
    const std::size_t grand_total = all.size();
    if (const auto wish = request.parameter("resolved"); wish == "true" || wish == "false") {
        std::erase_if(all, [&](const Alert& one) {
            return (one.state == AlertState::resolved) != (*wish == "true");
        });
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Alert& a, const Alert& b) { return a.created_us > b.created_us; });
    const auto page = page_of(request, all.size(), response);
    if (!page) return;
    JsonWriter out(response.body);
    open_list(out, grand_total, all.size(), *page);
    for (std::uint64_t i = page->first; i < page->end; ++i) write_alert(out, world_, all[i]);
    out.close_list();
    out.close();
}

void V2Log::answer_events(const Request& request, Response& response) const {
    std::vector<LogEntry> all = book_.events();
    std::erase_if(all,
                  [&](const LogEntry& one) { return !permissions_.sees_cluster(one.cluster); });
    std::stable_sort(all.begin(), all.end(),
                     [](const LogEntry& a, const LogEntry& b) { return a.at_us > b.at_us; });
    const auto page = page_of(request, all.size(), response);
    if (!page) return;
    JsonWriter out(response.body);
    open_list(out, all.size(), all.size(), *page);
    for (std::uint64_t i = page->first; i < page->end; ++i) write_event(out, world_, all[i]);
    out.close_list();
    out.close();
}

}  // namespace pf::sim
