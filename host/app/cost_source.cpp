#include "host/app/cost_source.hpp"

#include <nlohmann/json.hpp>

#include "host/app/secret_fetch.hpp"
#include "host/app/secret_source.hpp"
#include "host/cloudforet/client/service_client.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

constexpr const char* in_options = "option cost_model";

bool is_reference(std::string_view text) {
    return text.substr(0, config_reference.size()) == config_reference;
}

Result<std::string> get_data(cloudforet::ServiceClient& client, const char* kind,
                             const std::string& name, const char* needs, const Stop& stop) {
    const json request = {{"name", name}};
    const auto answer = client.call(
        {std::string("spaceone.api.config.v1.") + kind, "get", request.dump(), needs}, stop);
    if (!answer) {
        return answer.status();
    }
    const json reply = json::parse(*answer, nullptr, false);
    const json data = reply.is_object() ? reply.value("data", json::object()) : json::object();
    return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::string> fetch_model(const CloudforetConfig& access, const std::string& reference,
                                const Stop& stop) {
    const std::string name = reference.substr(config_reference.size());
    if (name.empty()) {
        return Status(Code::invalid_argument, "ERROR_COST_MODEL",
                      "config:// has no name behind it; write config://NAME");
    }
    if (access.identity.empty() && access.endpoints.count("config") == 0) {
        return Status(
            Code::failed_precondition, "ERROR_COST_MODEL_MISSING",
            reference +
                " is kept by CloudForet, and it is not known where that is; set "
                "cloudforet.identity and cloudforet.token_file, or give the model itself");
    }
    cloudforet::ServiceClient client(service_access(access, access.token));
    auto shared = get_data(client, "SharedConfig", name, "a token of the domain", stop);
    if (shared || shared.status().reason() != "ERROR_CLOUDFORET_NOT_FOUND") {
        return shared;
    }
    auto of_domain =
        get_data(client, "DomainConfig", name, "the token of a domain administrator", stop);
    if (of_domain) {
        return of_domain;
    }
    return of_domain.status().within("there is no SharedConfig " + name + ", and of DomainConfigs");
}

Result<cost::CostModel> read_reference(const Config& config, const std::string& reference,
                                       const Stop& stop) {
    auto text = fetch_model(config.cloudforet, reference, stop);
    if (!text) {
        return text.status();
    }
    return cost::read_cost_model(*text, reference);
}

Result<cost::CostModel> read_option(const Config& config, const json& model, const Stop& stop) {
    if (model.is_object()) {
        return cost::read_cost_model(model.dump(-1, ' ', false, json::error_handler_t::replace),
                                     in_options);
    }
    if (!model.is_string()) {
        return Status(
            Code::invalid_argument, "ERROR_COST_MODEL",
            std::string(in_options) + " must be a model: an object, a text, or config://NAME");
    }
    const auto& text = model.get_ref<const std::string&>();
    return is_reference(text) ? read_reference(config, text, stop)
                              : cost::read_cost_model(text, in_options);
}

}  // namespace

Result<cost::CostModel> load_cost_model(const Config& config, std::string_view options,
                                        const Stop& stop) {
    const json parsed = json::parse(options, nullptr, false);
    if (parsed.is_object() && parsed.contains("cost_model") && !parsed["cost_model"].is_null()) {
        return read_option(config, parsed["cost_model"], stop);
    }
    const std::string& named = config.cost.model;
    if (named.empty()) {
        return Status(Code::failed_precondition, "ERROR_COST_MODEL_MISSING",
                      "nothing says what things cost; give the option cost_model, or cost.model in "
                      "the configuration");
    }
    if (is_reference(named)) {
        return read_reference(config, named, stop);
    }
    auto text = read_file(named, cost::largest_cost_model);
    if (!text) {
        return text.status();
    }
    return cost::read_cost_model(*text, named);
}

}  // namespace pf::host::app
