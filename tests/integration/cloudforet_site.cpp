#include "tests/integration/cloudforet_site.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/integration/local_run.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

std::string joined(const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& part : path) text += (text.empty() ? "" : ".") + part;
    return text;
}

void describe_list(const host::services::Endpoint& list, KnownKind& kind) {
    if (list.v4) {
        kind.api = list.v4->api_namespace;
        kind.list_v4 = "/" + list.v4->path;
        kind.order_v4 = list.v4->order_by;
        kind.id_v4 = joined(list.v4->id);
    }
    if (list.v3) kind.list_v3 = list.v3->path;
}

}  // namespace

CloudForetSite::CloudForetSite(const sim::Config& config) {
    replace_prism(config);
    client_ = ReflectionClient::connect(plugin_.address());
}

void CloudForetSite::replace_prism(const sim::Config& config) {
    prism_.reset();
    prism_ = std::make_unique<sim::Simulator>(config);
    secret_ = secret_for(prism_->port(), prism_->ca_pem());
}

std::vector<KnownKind> CloudForetSite::kinds() {
    std::vector<KnownKind> kinds;
    for (const host::runtime::Modules::Kind& each : plugin_.modules().kinds()) {
        const host::services::Output& output = each.description();
        const host::services::Endpoint& list = each.module->descriptor->endpoints[output.endpoint];
        KnownKind& kind = kinds.emplace_back();
        kind.kind = output.kind;
        kind.type = output.group + "/" + output.type;
        describe_list(list, kind);
    }
    for (KnownKind& kind : kinds) {
        kind.is_shared = std::any_of(kinds.begin(), kinds.end(), [&kind](const KnownKind& other) {
            return &other != &kind && other.list_v4 == kind.list_v4;
        });
    }
    return kinds;
}

cloudforet_sim::Collection CloudForetSite::collect(const json& options, bool by_tasks) {
    json all = {{"requests_per_second", 0}, {"external_link", false}};
    // Some kinds are off until they are named.
    for (const KnownKind& kind : kinds()) all["kinds"].push_back(kind.kind);
    all.update(options);
    InventoryJob job;
    job.options_json = all.dump();
    job.secret_data_json = secret_;
    job.split_into_tasks = by_tasks;
    job.stop_on_verify_error = false;  // as inventory, which does not ask before it collects
    job.row_check.forbidden_texts = {"nutanix/4u"};
    return cloudforet_sim::collect(inventory_, *client_, job);
}

cloudforet_sim::Collection CloudForetSite::collect() { return collect(json::object()); }

std::map<std::string, json> documents_of(const cloudforet_sim::Inventory& inventory) {
    std::map<std::string, json> documents;
    for (const cloudforet_sim::CloudService* service : inventory.services()) {
        documents.emplace(service->type() + " " + service->resource_id(), service->document);
    }
    return documents;
}

std::string differences_of(const std::map<std::string, json>& a,
                           const std::map<std::string, json>& b) {
    std::map<std::string, std::pair<std::size_t, std::string>> counts;
    const auto note = [&counts](const std::string& name, const std::string& what) {
        auto& entry = counts[name.substr(0, name.find(' ')) + " " + what];
        if (entry.first++ == 0) entry.second = name;
    };
    for (const auto& [name, document] : a) {
        const auto other = b.find(name);
        if (other == b.end()) {
            note(name, "is missing");
            continue;
        }
        for (const std::string& path : different_paths(document, other->second)) note(name, path);
    }
    for (const auto& [name, document] : b) {
        if (!a.contains(name)) note(name, "is new");
    }
    std::string text;
    for (const auto& [what, entry] : counts) {
        text += what + ": " + std::to_string(entry.first) + ", such as " + entry.second + "\n";
    }
    return text;
}

std::string counts_in_words(const cloudforet_sim::Inventory& inventory) {
    std::string text;
    for (const auto& [type, count] : inventory.counts()) {
        text += "  " + type + ": " + std::to_string(count) + "\n";
    }
    return text;
}

std::set<std::string> ids_of_type(const cloudforet_sim::Inventory& inventory,
                                  const std::string& type) {
    std::set<std::string> ids;
    for (const cloudforet_sim::CloudService* service : inventory.services()) {
        if (service->type() == type) ids.insert(service->resource_id());
    }
    return ids;
}

}  // namespace pf::test
