#include "host/runtime/event_clusters.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include "host/runtime/event_central.hpp"
#include "host/runtime/events_source.hpp"
#include "host/runtime/nearest.hpp"
#include "host/services/lookup.hpp"

namespace pf::host::runtime {
namespace {

using services::Table;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string_view fact(const Occurrence& one, std::string_view name) {
    for (const auto& [key, text] : one.additional_info) {
        if (key == name) {
            return text;
        }
    }
    return {};
}

Result<std::shared_ptr<const Table>> table_of(prism::Targets& targets, const TargetRequest& target,
                                              const Options& options, const Stop& stop) {
    auto central = central_of(targets, target, options, stop);
    if (!central) {
        return central.status();
    }
    auto table = services::open_clusters(central->target, options.api_version, stop,
                                         std::make_shared<prism::Meter>());
    return table ? std::move(table)
                 : Result<std::shared_ptr<const Table>>(table.status().within(target.name));
}

}  // namespace

Result<EventClusters> EventClusters::find(prism::Targets& targets, const Request& request,
                                          const Stop& stop) {
    EventClusters found;
    const std::vector<std::string>& wanted = request.options.clusters;
    if (wanted.empty()) {
        return found;
    }
    found.is_every_ = false;
    std::set<std::string> missing(wanted.begin(), wanted.end());
    std::vector<std::string> known;
    Status failure;
    for (const TargetRequest& target : request.targets) {
        auto table = table_of(targets, target, request.options, stop);
        if (!table) {
            failure = failure.ok() ? table.status() : failure;
            continue;
        }
        (*table)->each([&](std::string_view id, std::string_view name) {
            known.emplace_back(name);
            for (const std::string& one : wanted) {
                if (one == name || lower(one) == lower(id)) {
                    found.uuids_.insert(lower(id));
                    found.names_.emplace(name);
                    missing.erase(one);
                }
            }
        });
    }
    if (missing.empty()) {
        return found;
    }
    if (!failure.ok()) {
        return failure;
    }
    return Status(Code::invalid_argument, "ERROR_CLUSTER_UNKNOWN",
                  "no cluster is called " + *missing.begin() +
                      "; `prismforet collect cluster` shows those there are" +
                      suggestion(*missing.begin(), known));
}

EventClusters::Place EventClusters::place(const Occurrence& occurrence) const {
    if (is_every_) {
        return Place::inside;
    }
    const auto is_wanted = [this](const std::string& id) { return uuids_.contains(lower(id)); };
    const std::string uuid(fact(occurrence, "cluster_uuid"));
    const std::string name(fact(occurrence, "cluster_name"));
    if (!uuid.empty()) {
        return is_wanted(uuid) ? Place::inside : Place::outside;
    }
    if (!name.empty()) {
        return names_.contains(name) ? Place::inside : Place::outside;
    }
    if (is_wanted(occurrence.resource.id) ||
        std::any_of(occurrence.affected.begin(), occurrence.affected.end(), is_wanted)) {
        return Place::inside;
    }
    return occurrence.resource.type == "cluster" ? Place::outside : Place::unknown;
}

}  // namespace pf::host::runtime
