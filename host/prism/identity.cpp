// Asking a Prism Central who it is.

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "host/prism/printable.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

using nlohmann::json;

constexpr std::chrono::hours remembered(1);
constexpr std::size_t text_limit = 256;

const json& member(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) {
        return nothing;
    }
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_of(const json& value) {
    return value.is_string() ? printable(value.get_ref<const std::string&>(), text_limit)
                             : std::string();
}

// Lower case; empty when it is no UUID text. Version bits are not looked at: Prism's are odd.
std::string uuid_of(const json& value) {
    std::string text = text_of(value);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool shaped = text.size() == 36 && std::all_of(text.begin(), text.end(), [](char c) {
                            return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                        });
    return shaped ? text : std::string();
}

PrismCentral from_domain_manager(const json& item) {
    const json& config = member(item, "config");
    PrismCentral found;
    found.uuid = uuid_of(member(item, "extId"));
    found.name = text_of(member(config, "name"));
    found.version = text_of(member(member(config, "buildInfo"), "version"));
    return found;
}

PrismCentral from_cluster(const json& item) {
    const json& config = member(item, "config");
    const json& functions = member(config, "clusterFunction");
    PrismCentral found;
    const bool central =
        functions.is_array() && std::any_of(functions.begin(), functions.end(), [](const json& f) {
            return f.is_string() && f.get_ref<const std::string&>() == "PRISM_CENTRAL";
        });
    if (central) {
        found.uuid = uuid_of(member(item, "extId"));
        found.name = text_of(member(item, "name"));
        found.version = text_of(member(member(config, "buildInfo"), "version"));
    }
    return found;
}

// The first item of a list answer that has a UUID.
template <class Read>
PrismCentral first_of(std::string_view body, Read read) {
    const json document = json::parse(body, nullptr, false);
    const json& data = member(document, "data");
    if (data.is_array()) {
        for (const json& item : data) {
            if (PrismCentral found = read(item); !found.uuid.empty()) {
                return found;
            }
        }
    }
    return {};
}

// Whether the other source may still answer: this one is not served, not permitted or not usable.
bool worth_another(const Status& status) {
    return status.code() == Code::not_found || status.code() == Code::permission_denied ||
           status.code() == Code::invalid_argument;
}

}  // namespace

Result<PrismCentral> Target::State::ask_identity(const Stop& stop, Meter& meter) {
    auto prism = known_version("prism", stop, meter);
    if (!prism) {
        if (prism.status().code() != Code::not_found) {
            return prism.status();
        }
        return Status(Code::failed_precondition, "ERROR_PRISM_API_ABSENT",
                      "no v4 API is served: this is a Prism Element, or a Prism Central older "
                      "than pc.2024.3; give the address of a Prism Central");
    }
    Answer managers = fetch({Method::get, "/api/prism/" + *prism + "/config/domain-managers", {}},
                            stop, meter, Body());
    if (managers.status.ok()) {
        PrismCentral found = first_of(managers.body.text(), from_domain_manager);
        if (!found.uuid.empty()) {
            return found;
        }
    } else if (!worth_another(managers.status)) {
        return managers.status;
    }
    auto clusters = known_version("clustermgmt", stop, meter);
    if (!clusters) {
        return clusters.status();
    }
    const std::string path = "/api/clustermgmt/" + *clusters +
                             "/config/clusters?$limit=100&$filter=config/clusterFunction/"
                             "any(t:t%20eq%20Clustermgmt.Config.ClusterFunctionRef'PRISM_CENTRAL')";
    Answer list = fetch({Method::get, path, {}}, stop, meter, Body());
    if (!list.status.ok()) {
        return managers.status.ok() ? list.status : managers.status;
    }
    PrismCentral found = first_of(list.body.text(), from_cluster);
    if (found.uuid.empty()) {
        return Status(Code::failed_precondition, "ERROR_PRISM_IDENTITY",
                      "Prism Central does not show its UUID to this user; grant the role "
                      "Prism Viewer, or give account_id in the secret");
    }
    return found;
}

Result<PrismCentral> Target::identify(const Stop& stop, Meter& meter) {
    const Waiting waiting(meter);
    auto value = state_->negotiated.get(
        "identity", remembered, stop, [&](const Stop& own) -> Result<SharedCache::Value> {
            auto found = state_->ask_identity(own, meter);
            if (!found) {
                return found.status();
            }
            return SharedCache::Value(
                std::make_shared<const PrismCentral>(std::move(found).value()));
        });
    if (!value) {
        return value.status();
    }
    return *static_cast<const PrismCentral*>(value->get());
}

}  // namespace pf::host::prism
