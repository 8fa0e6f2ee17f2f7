#include "host/cloudforet/roles/cost_metadata.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

Json shown(const char* name, bool is_visible) { return {{"name", name}, {"visible", is_visible}}; }

// With the secrets of service accounts CloudForet knows whose a row is. With one secret of the data
// source it does not: then the row's account finds the service account that has it in its data.
Json account_rule() {
    return {{"name", "Service account of the Prism Central"},
            {"conditions_policy", "ALWAYS"},
            {"conditions", Json::array()},
            {"actions",
             {{"match_service_account",
               {{"source", "additional_info.account"}, {"target", "data.account_id"}}}}},
            {"options", {{"stop_processing", false}}},
            {"tags", Json::object()}};
}

}  // namespace

std::string cost_metadata(const CostTerms& terms) {
    const Json metadata = {{"currency", terms.currency},
                           {"supported_secret_types", {"USE_SERVICE_ACCOUNT_SECRET", "MANUAL"}},
                           {"cost_info", {{"name", "Cost"}, {"unit", terms.currency}}},
                           // Records have no measures beside cost and usage quantity.
                           {"data_info", Json::object()},
                           {"alias", {{"cost", "Cost"}}},
                           // Every key becomes a column for ever: these are all there will be.
                           {"additional_info",
                            {{"project", shown("Project", true)},
                             {"cluster", shown("Cluster", true)},
                             {"owner", shown("Owner", true)},
                             {"model", shown("Cost Model", false)},
                             {"basis", shown("Basis", true)},
                             {"account", shown("Prism Central", true)}}},
                           {"data_source_rules", Json::array({account_rule()})}};
    return metadata.dump();
}

}  // namespace pf::host::cloudforet
