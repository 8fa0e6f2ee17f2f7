#include "tests/prism_sim/v4/serviceability.hpp"

#include <algorithm>
#include <functional>

#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/time_filter.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kAlerts = {"monitoring",
                                     "serviceability/alerts",
                                     "monitoring.v4.serviceability.Alert",
                                     "monitoring.v4.serviceability.ListAlertsApiResponse",
                                     "monitoring.v4.serviceability.GetAlertApiResponse",
                                     "alert",
                                     "extId",
                                     "alert"};
constexpr CollectionNames kEvents = {"monitoring",
                                     "serviceability/events",
                                     "monitoring.v4.serviceability.Event",
                                     "monitoring.v4.serviceability.ListEventsApiResponse",
                                     "monitoring.v4.serviceability.GetEventApiResponse",
                                     "event",
                                     "extId",
                                     "event"};
constexpr CollectionNames kAudits = {"monitoring",
                                     "serviceability/audits",
                                     "monitoring.v4.serviceability.Audit",
                                     "monitoring.v4.serviceability.ListAuditsApiResponse",
                                     "monitoring.v4.serviceability.GetAuditApiResponse",
                                     "audit",
                                     "extId",
                                     "audit"};

constexpr std::string_view kSeverities[] = {"INFO", "WARNING", "CRITICAL"};

// The time of an entry by the name of its field; nothing if it cannot be asked for.
using TimeOf = std::function<std::optional<std::uint64_t>(std::uint32_t, std::string_view)>;

// Filters, orders and cuts the handles of all entries.
std::optional<QueryProblem> choose(const ListQuery& query, std::vector<std::uint32_t> all,
                                   const TimeOf& time_of, Found& found) {
    if (query.filter && query.filter->field == kTimes) {
        const auto bounds = parse_time_filter(query.filter->value);
        for (const TimeBound& bound : bounds.value()) {
            if (!time_of(0, bound.field)) return not_filterable(bound.field);
            std::erase_if(all,
                          [&](std::uint32_t i) { return !bound.holds(*time_of(i, bound.field)); });
        }
    } else if (query.filter) {
        return not_filterable(query.filter->field);
    }
    if (!query.order_field.empty()) {
        if (!time_of(0, query.order_field)) return not_sortable(query.order_field);
        std::stable_sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto first = *time_of(a, query.order_field);
            const auto second = *time_of(b, query.order_field);
            return query.descending ? first > second : first < second;
        });
    }
    found.total = all.size();
    for (std::uint64_t at = query.page * query.limit;
         at < std::min<std::uint64_t>(all.size(), (query.page + 1) * query.limit); ++at)
        found.handles.push_back(all[at]);
    return std::nullopt;
}

std::vector<std::uint32_t> handles_of(std::size_t count) {
    std::vector<std::uint32_t> all(count);
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
}

void write_host(ObjectWriter& out, const World& world, std::uint32_t host) {
    out.open("sourceEntity", "monitoring.v4.common.AlertEntityReference");
    out.plain("type", "node");
    out.uuid("extId", world.hosts[host].id);
    out.text("name", world.hosts[host].name);
    out.close();
}

void write_parameter(ObjectWriter& out, std::string_view name, std::string_view value) {
    out.open_list("parameters");
    out.open_item("monitoring.v4.common.Parameter");
    out.plain("paramName", name);
    out.open("paramValue", "monitoring.v4.common.StringValue");
    out.text("stringValue", value);
    out.close();
    out.plain("$paramValueItemDiscriminator", "monitoring.v4.common.StringValue");
    out.close();
    out.close_list();
}

class AlertCollection final : public Collection {
  public:
    AlertCollection(const World& world, const AlertBook& book)
        : Collection(kAlerts), world_(world), book_(book) {}

    std::optional<QueryProblem> find(const ListQuery& query, Found& found) const override {
        const std::vector<Alert> alerts = book_.alerts();
        return choose(
            query, handles_of(alerts.size()),
            [&](std::uint32_t i, std::string_view field) -> std::optional<std::uint64_t> {
                if (field == "creationTime") return alerts[i].created_us;
                if (field == "lastUpdatedTime") return alerts[i].updated_us;
                return std::nullopt;
            },
            found);
    }
    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        const std::vector<Alert> alerts = book_.alerts();
        for (std::uint32_t i = 0; i < alerts.size(); ++i)
            if (alerts[i].id == id) return i;
        return std::nullopt;
    }
    void write(ObjectWriter& out, std::uint32_t handle) const override {
        const Alert alert = book_.alerts().at(handle);
        const Cluster& cluster = world_.clusters[alert.cluster];
        const bool is_acknowledged = alert.acknowledged_us != 0;
        const bool is_resolved = alert.state == AlertState::resolved;
        out.open_item("monitoring.v4.serviceability.Alert");
        out.uuid("extId", alert.id);
        out.plain("title", "{host_name} is hot");
        out.text("message", "Host " + world_.hosts[alert.host].name + " is hot.");
        out.plain("alertType", "A1131");
        out.plain("severity", kSeverities[alert.severity]);
        out.plain("creationTime", TimeText(alert.created_us).micros());
        out.plain("lastUpdatedTime", TimeText(alert.updated_us).micros());
        out.flag("isAcknowledged", is_acknowledged);
        if (is_acknowledged) {
            out.plain("acknowledgedTime", TimeText(alert.acknowledged_us).micros());
            out.plain("acknowledgedByUsername", "admin");
        }
        out.flag("isResolved", is_resolved);
        if (is_resolved) out.plain("resolvedTime", TimeText(alert.resolved_us).micros());
        out.flag("isAutoResolved", is_resolved && alert.is_auto_resolved);
        out.uuid("clusterUUID", cluster.id);
        if (out.since(2)) out.text("clusterName", cluster.name);
        if (out.since(3)) {
            out.plain("status", is_resolved
                                    ? (alert.is_auto_resolved ? "AUTO_RESOLVED" : "RESOLVED")
                                : is_acknowledged ? "ACKNOWLEDGED"
                                                  : "OPEN");
            out.plain("lastOccurredTime", TimeText(alert.occurred_us).micros());
        }
        write_host(out, world_, alert.host);
        write_parameter(out, "host_name", world_.hosts[alert.host].name);
        out.close();
    }

  private:
    const World& world_;
    const AlertBook& book_;
};

class LogCollection final : public Collection {
  public:
    LogCollection(const CollectionNames& names, const World& world,
                  const std::vector<LogEntry>& entries)
        : Collection(names), world_(world), entries_(entries) {}

    std::optional<QueryProblem> find(const ListQuery& query, Found& found) const override {
        return choose(
            query, handles_of(entries_.size()),
            [&](std::uint32_t i, std::string_view field) -> std::optional<std::uint64_t> {
                if (field == "creationTime") return entries_[i].at_us;
                return std::nullopt;
            },
            found);
    }
    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        for (std::uint32_t i = 0; i < entries_.size(); ++i)
            if (entries_[i].id == id) return i;
        return std::nullopt;
    }
    void write(ObjectWriter& out, std::uint32_t handle) const override {
        names().kind == "audit" ? write_audit(out, entries_[handle])
                                : write_event(out, entries_[handle]);
    }

  private:
    void write_event(ObjectWriter& out, const LogEntry& entry) const {
        static constexpr std::string_view kTypes[] = {"HostMaintenanceEvent", "HostPowerEvent",
                                                      "DiskAddedEvent"};
        out.open_item("monitoring.v4.serviceability.Event");
        out.uuid("extId", entry.id);
        out.plain("eventType", kTypes[entry.kind]);
        out.text("message", "Something happened to host " + world_.hosts[entry.host].name);
        out.plain("creationTime", TimeText(entry.at_us).micros());
        out.uuid("clusterUUID", world_.clusters[entry.cluster].id);
        write_host(out, world_, entry.host);
        out.close();
    }
    void write_audit(ObjectWriter& out, const LogEntry& entry) const {
        static constexpr std::string_view kTypes[] = {"HostUpdateAudit", "VmCloneAudit",
                                                      "VMDeleteAudit"};
        static constexpr std::string_view kEnds[] = {"SUCCEEDED", "SUCCEEDED", "FAILED"};
        out.open_item("monitoring.v4.serviceability.Audit");
        out.uuid("extId", entry.id);
        out.plain("auditType", kTypes[entry.kind]);
        out.text("message", "Somebody changed host " + world_.hosts[entry.host].name);
        out.plain("creationTime", TimeText(entry.at_us).micros());
        out.plain("status", kEnds[entry.kind]);
        out.open("userReference", "monitoring.v4.serviceability.UserReference");
        out.uuid("extId", world_.users[entry.user].id);
        out.text("name", world_.users[entry.user].name);
        out.close();
        out.open("clusterReference", "monitoring.v4.common.EntityReference");
        out.uuid("extId", world_.clusters[entry.cluster].id);
        out.text("name", world_.clusters[entry.cluster].name);
        out.close();
        write_host(out, world_, entry.host);
        out.close();
    }

    const World& world_;
    const std::vector<LogEntry>& entries_;
};

}  // namespace

void add_serviceability(const World& world, const AlertBook& book,
                        std::vector<std::unique_ptr<Collection>>& all) {
    all.push_back(std::make_unique<AlertCollection>(world, book));
    all.push_back(std::make_unique<LogCollection>(kEvents, world, book.events()));
    all.push_back(std::make_unique<LogCollection>(kAudits, world, book.audits()));
}

}  // namespace pf::sim
