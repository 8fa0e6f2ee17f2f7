#include "host/cloudforet/registration/items.hpp"

#include <nlohmann/json.hpp>

#include "host/base/base64.hpp"

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

// Stacked blocks, drawn for this program; the console shows an image of any address.
constexpr std::string_view icon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" )"
    R"(rx="6" fill="#024DA1"/><path d="M7 8h6l4 5 4-5h4v3l-6 6 6 6v3h-4l-5-5-5 5H7v-3l6-6-6-6z" )"
    R"(fill="#B0D235"/></svg>)";

std::string icon_address(const RegistrationWish& wish) {
    return wish.icon_url.empty() ? "data:image/svg+xml;base64," + base64(icon) : wish.icon_url;
}

Item item(std::string kind, std::string name, const Json& document) {
    Item made;
    made.kind = std::move(kind);
    made.name = std::move(name);
    made.document = document.dump();
    return made;
}

Item provider(const RegistrationWish& wish) {
    return item("identity.Provider", std::string(provider_id),
                {{"provider", provider_id},
                 {"name", "Nutanix"},
                 {"alias", "Nutanix"},
                 {"color", "#024DA1"},
                 {"icon", icon_address(wish)},
                 {"order", 10}});
}

Item service_account_schema() {
    const Json address = {{"title", "Prism Central"},
                          {"type", "string"},
                          {"minLength", 3},
                          {"examples", {"pc1.example.com:9440"}}};
    const Json help = {{"en",
                        "The Prism Central to collect from. Its account needs the role Prism "
                        "Viewer; nothing is ever changed."}};
    Json schema = {{"type", "object"}};
    schema["properties"]["prism_central"] = address;
    // A data source of costs with a secret of its own finds the account by it.
    schema["properties"]["account_id"] = {{"title", "Account ID (UUID of the Prism Central)"},
                                          {"type", "string"},
                                          {"maxLength", 255}};
    schema["required"] = Json::array({"prism_central"});
    schema["order"] = Json::array({"prism_central", "account_id"});
    Json document = {{"schema_id", account_schema},
                     {"name", "Prism Central"},
                     {"schema_type", "SERVICE_ACCOUNT"},
                     {"provider", provider_id},
                     {"schema", std::move(schema)}};
    document["related_schemas"] = Json::array({secret_schema});
    document["options"] = {{"external_link", "https://<%- data.prism_central %>/console/"},
                           {"help", help}};
    return item("identity.Schema", std::string(account_schema), document);
}

Json property(const char* title, const char* type, const char* format = nullptr) {
    Json made = {{"title", title}, {"type", type}};
    if (format != nullptr) {
        made["format"] = format;
    }
    return made;
}

Item prism_secret_schema() {
    const Json properties = {
        {"host", property("Host", "string")},
        {"port", property("Port", "number")},
        {"username", property("User Name", "string")},
        {"password", property("Password", "string", "password")},
        {"api_key", property("API Key (instead of name and password)", "string", "password")},
        {"verify_ssl", property("Verify Certificate", "boolean")},
        {"ca_cert", property("CA Certificate (PEM)", "string")},
        {"fingerprint_sha256", property("Certificate SHA-256", "string")},
        {"account_id", property("Account ID (default: UUID of Prism Central)", "string")}};
    Json order = Json::array();
    for (const auto& [key, value] : properties.items()) {
        order.push_back(key);
    }
    return item("identity.Schema", std::string(secret_schema),
                {{"schema_id", secret_schema},
                 {"name", "Prism Central Credential"},
                 {"schema_type", "SECRET"},
                 {"provider", provider_id},
                 {"schema",
                  {{"type", "object"},
                   {"properties", properties},
                   {"required", {"host"}},
                   {"order", order}}}});
}

Item plugin(const RegistrationWish& wish, const PluginRole& role) {
    return item("repository.Plugin", std::string(role.plugin_id),
                {{"plugin_id", role.plugin_id},
                 {"name", role.name},
                 {"resource_type", role.resource_type},
                 {"image", wish.image_prefix + "/" + std::string(role.plugin_id)},
                 {"provider", provider_id},
                 {"registry_type", wish.registry_type},
                 {"capability", Json::parse(role.capability)},
                 {"labels", {"Nutanix"}},
                 {"tags", {{"icon", icon_address(wish)}, {"description", role.description}}}});
}

}  // namespace

std::vector<Item> basic_items(const RegistrationWish& wish) {
    std::vector<Item> items = {provider(wish), prism_secret_schema(), service_account_schema()};
    for (const PluginRole& role : wish.roles) {
        items.push_back(plugin(wish, role));
    }
    if (!wish.role.empty()) {
        items.push_back(role_item(wish.role));
    }
    if (wish.has_dashboards) {
        for (Item& dashboard : dashboard_items(wish.outputs)) {
            items.push_back(wish.has_private_dashboards ? private_dashboard(dashboard)
                                                        : std::move(dashboard));
        }
    }
    return items;
}

Item cost_model_item(const CostModelToRegister& model) {
    Json document = {{"name", model.name}, {"data", Json::parse(model.document)}};
    if (!model.is_of_domain) {
        document["resource_group"] = "DOMAIN";
    }
    return item(model.is_of_domain ? "config.DomainConfig" : "config.SharedConfig", model.name,
                document);
}

Item role_item(const std::string& name) {
    return item("identity.Role", name,
                {{"name", name},
                 {"role_type", "WORKSPACE_MEMBER"},
                 {"page_access", {"dashboards:restricted.*", "asset_inventory:readonly.*"}},
                 {"tags", {{"prismforet", "register"}}}});
}

}  // namespace pf::host::cloudforet
