#include "tests/cloudforet_sim/services/collection_store.hpp"

#include <algorithm>

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

bool is_visible(const Caller& caller, const json& document) {
    const std::string workspace = document.value("workspace_id", "");
    return document.value("domain_id", "") == caller.domain_id &&
           (caller.workspace_id.empty() || workspace.empty() || workspace == caller.workspace_id ||
            workspace == "*" || workspace == "-");
}

}  // namespace

CollectionStore::CollectionStore(std::string id, std::string prefix)
    : id_(std::move(id)), prefix_(std::move(prefix)) {}

std::string CollectionStore::new_id() {
    std::string number = std::to_string(++made_);
    return prefix_ + "-" + std::string(12 - number.size(), '0') + number;
}

json& CollectionStore::add(const Caller& caller, json document) {
    document["domain_id"] = caller.domain_id;
    document["created_at"] = "2025-11-20T00:00:00.000Z";
    documents_.push_back(std::move(document));
    return documents_.back();
}

json& CollectionStore::find(const Caller& caller, const json& params) {
    check_required(params, {id_.c_str()});
    for (json& document : documents_) {
        if (document.at(id_) == params.at(id_) && is_visible(caller, document)) return document;
    }
    throw not_found(id_, params.at(id_).get<std::string>());
}

bool CollectionStore::has(const Caller& caller, const std::string& id) const {
    return std::any_of(documents_.begin(), documents_.end(), [&](const json& document) {
        return document.at(id_) == id && document.at("domain_id") == caller.domain_id;
    });
}

void CollectionStore::remove(const Caller& caller, const json& params) {
    const json id = find(caller, params).at(id_);
    std::erase_if(documents_, [&](const json& document) { return document.at(id_) == id; });
}

json CollectionStore::list(const Caller& caller, const json& params,
                           const std::vector<std::string>& keys) const {
    json results = json::array();
    for (const json& document : documents_) {
        const bool is_wanted = std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
            return !params.contains(key) || document.value(key, json()) == params.at(key);
        });
        if (is_wanted && is_visible(caller, document)) results.push_back(document);
    }
    return {{"results", results}, {"total_count", results.size()}};
}

void take_over(json& document, const json& params, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (params.contains(key)) document[key] = params.at(key);
    }
}

}  // namespace pf::cloudforet_sim
