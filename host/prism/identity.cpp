// Asking a Prism Central who it is.
//
// Its UUID is the account of every row, so both generations must give the same: by v4 the domain
// manager's, which is also that of Prism Central's own entry among the clusters; by v3 that
// entry's. A source that is not served, or not shown to this user, leaves the word to the next one.
// Any other trouble ends the question: nothing is concluded from it.

#include <algorithm>
#include <cctype>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

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

// What one source said.
struct Told {
    Status status;  // OK: it answered
    PrismCentral who;

    bool is_known() const { return status.ok() && !who.uuid.empty(); }
    // Served, whether it shows the UUID or not.
    bool is_served() const { return status.code() != Code::not_found; }
    // Whether another source may still answer.
    bool leaves_open() const {
        return !is_known() && (status.ok() || status.code() == Code::not_found ||
                               status.code() == Code::permission_denied ||
                               status.code() == Code::invalid_argument);
    }
};

bool holds_word(const json& list, std::string_view word) {
    return list.is_array() && std::any_of(list.begin(), list.end(), [&](const json& item) {
               return item.is_string() && item.get_ref<const std::string&>() == word;
           });
}

PrismCentral from_domain_manager(const json& item) {
    const json& config = member(item, "config");
    PrismCentral found;
    found.uuid = uuid_of(member(item, "extId"));
    found.name = text_of(member(config, "name"));
    found.version = text_of(member(member(config, "buildInfo"), "version"));
    return found;
}

PrismCentral from_cluster_v4(const json& item) {
    const json& config = member(item, "config");
    PrismCentral found;
    if (holds_word(member(config, "clusterFunction"), "PRISM_CENTRAL")) {
        found.uuid = uuid_of(member(item, "extId"));
        found.name = text_of(member(item, "name"));
        found.version = text_of(member(member(config, "buildInfo"), "version"));
    }
    return found;
}

// By what it is, never by its name: Prism Central calls itself "Unnamed" here.
PrismCentral from_cluster_v3(const json& item) {
    const json& status = member(item, "status");
    const json& config = member(member(status, "resources"), "config");
    PrismCentral found;
    if (holds_word(member(config, "service_list"), "PRISM_CENTRAL") ||
        member(member(config, "software_map"), "PRISM_CENTRAL").is_object()) {
        found.uuid = uuid_of(member(member(item, "metadata"), "uuid"));
        found.name = text_of(member(status, "name"));
        found.version = text_of(member(member(config, "build"), "version"));
    }
    return found;
}

// The first item of a list answer that has a UUID.
template <class Read>
PrismCentral first_of(const json& document, const char* items, Read read) {
    const json& data = member(document, items);
    if (data.is_array()) {
        for (const json& item : data) {
            if (PrismCentral found = read(item); !found.uuid.empty()) {
                return found;
            }
        }
    }
    return {};
}

}  // namespace

// One round of questions.
class IdentityQuestion {
  public:
    IdentityQuestion(Target::State& target, ApiWish wish, const Stop& stop, Meter& meter)
        : target_(target), wish_(wish), stop_(stop), meter_(meter) {}

    Result<PrismCentral> ask();

  private:
    Answer fetch(const Request& request) { return target_.fetch(request, stop_, meter_, Body()); }
    Told list_v4(const char* api_namespace, const char* path,
                 const std::function<PrismCentral(const json&)>& read);
    Told managers();
    Told clusters_v4();
    Told clusters_v3();
    std::string version_v3();
    Result<std::optional<bool>> says_central();
    Status unknown(const std::vector<Told>& told);

    Target::State& target_;
    const ApiWish wish_;
    const Stop& stop_;
    Meter& meter_;
};

Told IdentityQuestion::list_v4(const char* api_namespace, const char* path,
                               const std::function<PrismCentral(const json&)>& read) {
    const auto version = target_.known_version(api_namespace, {}, stop_, meter_);
    if (!version) {
        return {version.status(), {}};
    }
    const Answer list =
        fetch({Method::get, std::string("/api/") + api_namespace + "/" + *version + path, {}});
    if (!list.status.ok()) {
        return {list.status, {}};
    }
    return {Status(), first_of(json::parse(list.body.text(), nullptr, false), "data", read)};
}

Told IdentityQuestion::managers() {
    return list_v4("prism", "/config/domain-managers", from_domain_manager);
}

Told IdentityQuestion::clusters_v4() {
    return list_v4("clustermgmt",
                   "/config/clusters?$limit=100&$filter=config/clusterFunction/"
                   "any(t:t%20eq%20Clustermgmt.Config.ClusterFunctionRef'PRISM_CENTRAL')",
                   from_cluster_v4);
}

// This list answers everything at once; when its total says that it did not, it is asked for more.
Told IdentityQuestion::clusters_v3() {
    Told told;
    for (const char* body :
         {R"({"kind":"cluster"})", R"({"kind":"cluster","offset":0,"length":500})"}) {
        const Answer list = fetch({Method::post, "/api/nutanix/v3/clusters/list", body});
        if (!list.status.ok()) {
            return {list.status, {}};
        }
        const json document = json::parse(list.body.text(), nullptr, false);
        told.who = first_of(document, "entities", from_cluster_v3);
        const json& total = member(member(document, "metadata"), "total_matches");
        if (!told.who.uuid.empty() || !total.is_number_unsigned() ||
            total <= member(document, "entities").size()) {
            break;
        }
    }
    if (told.is_known() && told.who.version.empty()) {
        told.who.version = version_v3();
    }
    return told;
}

// A version is nice to have: when nobody tells it, it stays empty.
std::string IdentityQuestion::version_v3() {
    if (std::string product = target_.seen_origin().product; !product.empty()) {
        return product;
    }
    const Answer answer = fetch({Method::get, "/api/nutanix/v3/prism_central", {}});
    const json document =
        answer.status.ok() ? json::parse(answer.body.text(), nullptr, false) : json();
    return text_of(member(member(document, "resources"), "version"));
}

// Whether this is a Prism Central by what it says about itself; nothing when it does not say.
Result<std::optional<bool>> IdentityQuestion::says_central() {
    const Answer answer = fetch({Method::get, "/api/nutanix/v3/prism_central", {}});
    const std::string environment = target_.seen_origin().environment;
    if (answer.status.ok()) {
        const json document = json::parse(answer.body.text(), nullptr, false);
        for (const json* holder : {&document, &member(document, "status")}) {
            const std::string type = text_of(member(member(*holder, "resources"), "type"));
            if (!type.empty()) {
                return std::optional(type == "PC");
            }
        }
    } else if (answer.status.code() != Code::not_found &&
               answer.status.code() != Code::permission_denied &&
               answer.status.code() != Code::invalid_argument) {
        return answer.status;
    }
    if (!environment.empty()) {
        return std::optional(environment == "pc");
    }
    // Neither its cluster nor its own page is there: nothing of a Prism Central.
    return answer.status.code() == Code::not_found ? std::optional(false) : std::nullopt;
}

Result<PrismCentral> IdentityQuestion::ask() {
    using Source = Told (IdentityQuestion::*)();
    std::vector<Source> sources;
    if (wish_ != ApiWish::v3) {
        sources = {&IdentityQuestion::managers, &IdentityQuestion::clusters_v4};
    }
    if (wish_ != ApiWish::v4) {
        sources.push_back(&IdentityQuestion::clusters_v3);
    }
    std::vector<Told> told;
    for (const Source source : sources) {
        told.push_back((this->*source)());
        if (told.back().is_known()) {
            return told.back().who;
        }
        if (!told.back().leaves_open()) {
            return told.back().status;
        }
    }
    return unknown(told);
}

Status IdentityQuestion::unknown(const std::vector<Told>& told) {
    const bool is_served =
        std::any_of(told.begin(), told.end(), [](const Told& one) { return one.is_served(); });
    const bool is_v3_served = wish_ != ApiWish::v4 && told.back().is_served();
    std::optional<bool> central;
    if (is_v3_served) {
        auto said = says_central();
        if (!said) {
            return said.status();
        }
        central = *said;
    } else if (const std::string said = target_.seen_origin().environment; !said.empty()) {
        central = said == "pc";
    }
    if (central == false) {
        return Status(
            Code::failed_precondition, "ERROR_PRISM_ELEMENT",
            "this is a Prism Element, not a Prism Central: it knows one cluster only; give "
            "the address of the Prism Central that manages it");
    }
    if (!is_served) {
        const char* const what =
            wish_ == ApiWish::v4   ? "no v4 API is served; set api_version to auto"
            : wish_ == ApiWish::v3 ? "no v3 API is served; set api_version to auto"
                                   : "neither the v4 nor the v3 API is served; "
                                     "give the address of a Prism Central";
        return Status(Code::failed_precondition, "ERROR_PRISM_API_ABSENT", what);
    }
    return Status(Code::failed_precondition, "ERROR_PRISM_IDENTITY",
                  "Prism Central does not show its UUID to this user; grant the role Prism Viewer, "
                  "or give account_id in the secret");
}

Result<PrismCentral> Target::identify(const Stop& stop, Meter& meter, ApiWish wish) {
    const Waiting waiting(meter);
    const std::string key = wish == ApiWish::automatic ? "identity"
                            : wish == ApiWish::v4      ? "identity v4"
                                                       : "identity v3";
    auto value = state_->negotiated.get(
        key, remembered, stop, [&](const Stop& own) -> Result<SharedCache::Value> {
            auto found = IdentityQuestion(*state_, wish, own, meter).ask();
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
