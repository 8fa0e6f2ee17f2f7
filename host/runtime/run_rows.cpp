// The part of Run that says what the host itself knows: types, regions, APIs, what is missing.
#include <algorithm>

#include "host/prism/version.hpp"
#include "host/runtime/run.hpp"

namespace pf::host::runtime {
namespace {

// Region of what belongs to no cluster; its name needs no look-up.
constexpr std::string_view whole_site = "prism-central";

}  // namespace

void Run::send_types() {
    if (request_.task && request_.task->scope != Task::Scope::types) {
        return;
    }
    HostRows rows(format_);
    for (const Modules::Kind& kind : kinds_) {
        if (wants(kind.description().kind, kind.description().is_default)) {
            rows.type(kind.description());
            rows.metrics(kind.description());
        }
    }
    push(rows);
}

// Where the options say that a cluster stands; null when they do not.
const Site* Run::site_of(std::string_view code, std::string_view name) const {
    for (const auto& [cluster, site] : request_.options.sites) {
        if (cluster == code || cluster == name) {
            return &site;
        }
    }
    return nullptr;
}

// A region goes out for every code met, with the cluster's name. When the names cannot be had,
// none goes out: the regions CloudForet has stay as they are.
void Run::send_regions() {
    HostRows rows(format_);
    const Place* last = nullptr;
    std::shared_ptr<const services::Table> names;
    std::set<std::string> sent;
    for (const auto& [place, code] : regions_) {
        if (code == whole_site) {
            if (sent.insert(code).second) {
                rows.region(code, "Prism Central", site_of(code, ""));
            }
            continue;
        }
        if (place != last) {
            last = place;
            names = nullptr;
            auto table =
                services::open_clusters(place->target, request_.options.api_version, stop_, meter_);
            if (table) {
                names = *table;
            } else if (!stop_.requested()) {
                missing(table.status().reason(), place->request->name, "region",
                        table.status().message());
            }
        }
        if (names && sent.insert(code).second) {
            std::string_view name;
            names->get(code, 0, name);
            rows.region(code, name, site_of(code, name));
        }
    }
    push(rows);
}

// Which API served what. That a kind itself was not read by a general release of v4 is worth a
// note; where only names come from elsewhere, the report says so.
void Run::note_apis() {
    for (const auto& place : places_) {
        if (!place->target) {
            continue;
        }
        std::set<std::pair<std::string, std::string>> told;
        for (const prism::ApiUse& use : place->target->uses()) {
            if (told.emplace(use.api_namespace, use.version).second) {
                report_.apis.push_back(
                    {place->request->name, use.api_namespace, use.version, use.reason});
            }
        }
    }
    for (const ListReport& list : report_.lists) {
        if (!list.api.empty() && !prism::is_general_release(list.api)) {
            report_.notes.push_back({"prism.api",
                                     list.target,
                                     list.kind,
                                     "read by " + list.api + ", not by a general release of v4",
                                     1,
                                     {}});
        }
    }
}

void Run::missing(const std::string& code, const std::string& target, const std::string& kind,
                  const std::string& text) {
    report_.missing.push_back({code, target, kind, text, 1, {}});
}

void Run::send_failures() {
    HostRows rows(format_);
    for (const Reason& reason : report_.missing) {
        const auto kind =
            std::find_if(kinds_.begin(), kinds_.end(), [&](const Modules::Kind& candidate) {
                return candidate.description().kind == reason.kind;
            });
        rows.failure(reason, kind == kinds_.end() ? nullptr : &kind->description());
    }
    report_.failure_rows = rows.size();
    push(rows);
}

void Run::push(HostRows& rows) {
    if (rows.size() > 0) {
        (void)queue_->push(rows.take(), stop_);  // a stop or a lost receiver ends the run anyway
    }
}

}  // namespace pf::host::runtime
