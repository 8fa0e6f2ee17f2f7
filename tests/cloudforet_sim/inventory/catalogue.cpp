#include "tests/cloudforet_sim/inventory/catalogue.hpp"

#include <algorithm>

#include "tests/cloudforet_sim/inventory/document.hpp"
#include "tests/cloudforet_sim/inventory/failure.hpp"
#include "tests/cloudforet_sim/inventory/match_rules.hpp"
#include "tests/cloudforet_sim/inventory/resource_forms.hpp"
#include "tests/cloudforet_sim/inventory/storage_rules.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

void merge(json& document, const json& values) {
    for (const auto& [key, value] : values.items()) document[key] = value;
}

void erase_older(std::vector<Entry>& entries, Time oldest) {
    std::erase_if(entries, [oldest](const Entry& entry) { return entry.updated_at < oldest; });
}

}  // namespace

void Catalogue::take(const Row& row, Time now) {
    switch (row.kind) {
        case RowKind::cloud_service_type:
            return match(row.kind, types_, row, now);
        case RowKind::region:
            return match(row.kind, regions_, row, now);
        case RowKind::name_space:
            return upsert(row.kind, namespaces_, "namespace_id", row, now);
        default:
            return upsert(row.kind, metrics_, "metric_id", row, now);
    }
}

void Catalogue::match(RowKind kind, std::vector<Entry>& entries, const Row& row, Time now) {
    if (row.match_rules.empty()) throw Failure("ERROR_MATCH_RULE", "Match rule is not defined.");
    Entry* found = nullptr;
    for (const Query& query : make_queries(row.match_rules, row.resource)) {
        std::size_t count = 0;
        for (Entry& entry : entries) {
            if (!query.matches(entry.document)) continue;
            found = &entry;
            ++count;
        }
        if (count == 1) break;
        if (count > 1) throw Failure("", "the rule matches several");
        found = nullptr;
    }
    json values = type_values(row.resource);
    drop_undeclared(kind, values);
    if (found == nullptr) {
        check_required(kind, values);
        check_saved(kind, values);
        entries.push_back({std::move(values), now, 0});
        return;
    }
    json document = found->document;
    merge(document, values);
    check_saved(kind, document);
    found->document = std::move(document);
    found->updated_at = now;
}

void Catalogue::upsert(RowKind kind, std::map<std::string, Entry>& entries,
                       const std::string& id_key, const Row& row, Time now) {
    json values = row.resource;
    drop_undeclared(kind, values);
    try {
        const std::string id = values.value(id_key, std::string());
        const auto found = entries.find(id);
        if (found == entries.end()) {
            check_required(kind, values);
            check_saved(kind, values);
            entries.emplace(id, Entry{std::move(values), now, 0});
            return;
        }
        Entry& entry = found->second;
        if (entry.document.value("version", "") == values.value("version", "")) return;
        check_saved(kind, values);
        const bool asks_another = values.contains("query_options") &&
                                  values["query_options"] != entry.document["query_options"];
        entry.data_resets += asks_another ? 1 : 0;
        merge(entry.document, values);
        entry.updated_at = now;
    } catch (const std::exception& problem) {
        throw Failure("ERROR_UNKNOWN",
                      "failed to upsert " + row.resource_type + ": " + problem.what());
    }
}

void Catalogue::clean(Time now) {
    erase_older(types_, now - std::chrono::hours(72));
    erase_older(regions_, now - std::chrono::hours(48));
}

std::map<std::string, json> Catalogue::types() const {
    std::map<std::string, json> found;
    for (const Entry& entry : types_) {
        const json& type = entry.document;
        found.emplace(type.value("provider", "") + "/" + type.value("group", "") + "/" +
                          type.value("name", ""),
                      type);
    }
    return found;
}

std::map<std::string, json> Catalogue::regions() const {
    std::map<std::string, json> found;
    for (const Entry& entry : regions_) {
        found.emplace(entry.document.value("region_code", ""), entry.document);
    }
    return found;
}

}  // namespace pf::cloudforet_sim
