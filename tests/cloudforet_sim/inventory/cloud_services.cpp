#include "tests/cloudforet_sim/inventory/cloud_services.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "tests/cloudforet_sim/inventory/document.hpp"
#include "tests/cloudforet_sim/inventory/failure.hpp"
#include "tests/cloudforet_sim/inventory/match_rules.hpp"
#include "tests/cloudforet_sim/inventory/resource_forms.hpp"
#include "tests/cloudforet_sim/inventory/storage_rules.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

constexpr const char* resource_id_path = "reference.resource_id";

// A text that keeps the order of creation when ids are sorted.
std::string id_of(std::size_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "cloud-svc-%09zu", number);
    return text;
}

// Top-level keys of the new document replace those of the old one, the others stay.
json merged(const json& old, const json& now) {
    json result = old;
    for (const auto& [key, value] : now.items()) result[key] = value;
    return result;
}

json child(const json& document, const char* key) {
    const auto found = document.find(key);
    return found == document.end() ? json::object() : *found;
}

// Tags are merged one provider at a time.
json merged_tags(const json& old, const json& now) {
    json result = old;
    for (const auto& [provider, tags] : now.items()) {
        result[provider] = merged(child(old, provider.c_str()), tags);
    }
    return result;
}

}  // namespace

std::string CloudService::resource_id() const {
    const json& value = value_at(document, resource_id_path);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string CloudService::type() const {
    return document.value("cloud_service_group", "") + "/" +
           document.value("cloud_service_type", "");
}

std::vector<std::string> CloudServices::matches_of(const Query& query) const {
    std::vector<std::string> found;
    const auto add = [&](const CloudService& service) {
        if (!service.is_deleted && query.matches(service.document)) found.push_back(service.id);
    };
    const json* resource_id = query.wanted(resource_id_path);
    if (resource_id != nullptr && resource_id->is_string()) {
        const auto [first, last] = by_resource_id_.equal_range(resource_id->get<std::string>());
        for (auto each = first; each != last; ++each) add(services_.at(each->second));
    } else {
        for (const auto& [id, service] : services_) add(service);
    }
    return found;
}

// The service a row belongs to; none when it is a new one.
std::optional<std::string> CloudServices::find(const Row& row) const {
    std::size_t last_count = 0;
    for (const Query& query : make_queries(row.match_rules, row.resource)) {
        const std::vector<std::string> found = matches_of(query);
        last_count = found.size();
        if (last_count == 1) return found.front();
        // A row with json_data has no `data` yet: it goes on to the next rule.
        if (last_count > 1 && row.resource.contains("data") && !is_falsy(row.resource["data"])) {
            throw Failure("ERROR_TOO_MANY_MATCH",
                          std::to_string(last_count) + " resources match one rule");
        }
    }
    if (last_count > 1) throw Failure("", "the last rule matches several resources");
    return std::nullopt;
}

Stored CloudServices::take(const Row& row, const Origin& origin) {
    if (row.match_rules.empty()) {
        throw Failure("ERROR_MATCH_RULE", "Match rule is not defined.");
    }
    const std::optional<std::string> found = find(row);
    json values = service_values(row.resource);
    if (!found) return create(std::move(values), origin);
    return update(services_.at(*found), std::move(values), origin);
}

Stored CloudServices::create(json values, const Origin& origin) {
    check_required(RowKind::cloud_service, values);
    CloudService service;
    service.id = id_of(++last_number_);
    service.document = std::move(values);
    drop_undeclared(RowKind::cloud_service, service.document);
    if (!service.document.contains("ip_addresses")) {
        service.document["ip_addresses"] = json::array();
    }
    check_saved(RowKind::cloud_service, service.document);
    service.created_at = service.updated_at = origin.now;
    by_resource_id_.emplace(service.resource_id(), service.id);
    record(service, Action::create, differences(service.document, json::object()), origin);
    const std::string id = service.id;
    services_.emplace(id, std::move(service));
    return {id, true};
}

Stored CloudServices::update(CloudService& service, json values, const Origin& origin) {
    values.erase("provider");
    drop_undeclared(RowKind::cloud_service, values);
    for (const char* key : {"data", "metadata"}) {
        if (!values.contains(key)) continue;
        values[key] = merged(child(service.document, key), values[key]);
    }
    if (values.contains("tags")) {
        values["tags"] = merged_tags(child(service.document, "tags"), values["tags"]);
    }
    json document = merged(service.document, values);
    check_saved(RowKind::cloud_service, document);
    std::vector<Difference> found = differences(values, service.document);
    const std::string old_id = service.resource_id();
    service.document = std::move(document);
    service.updated_at = origin.now;
    if (service.resource_id() != old_id) by_resource_id_.emplace(service.resource_id(), service.id);
    if (!found.empty()) record(service, Action::update, std::move(found), origin);
    return {service.id, false};
}

void CloudServices::erase(const std::string& id, const Origin& origin) {
    CloudService& service = services_.at(id);
    if (service.is_deleted) return;
    service.is_deleted = true;
    record(service, Action::erase, {}, origin);
}

void CloudServices::record(const CloudService& service, Action action,
                           std::vector<Difference> differences, const Origin& origin) {
    history_.push_back(
        {service.id, service.resource_id(), action, std::move(differences), origin.job_task});
}

}  // namespace pf::cloudforet_sim
