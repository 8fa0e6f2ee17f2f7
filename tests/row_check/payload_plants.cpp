#include "tests/row_check/clean_run.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {

using nlohmann::json;

namespace {

std::vector<Plant> key_plants() {
    const std::string long_text(300, 'a');
    return {
        {"payload.required", "a service without name",
         [](CleanRun& run) { run.payload().erase("name"); }},
        {"payload.required", "an empty name", [](CleanRun& run) { run.payload()["name"] = ""; }},
        {"payload.required", "a region without name",
         [](CleanRun& run) { run.region["resource"].erase("name"); }},
        {"payload.required", "a namespace without version",
         [](CleanRun& run) { run.name_space["resource"].erase("version"); }},
        {"payload.required", "a metric without query_options",
         [](CleanRun& run) { run.metric["resource"].erase("query_options"); }},
        {"payload.unknown_key", "launched_at",
         [](CleanRun& run) { run.payload()["launched_at"] = "2024-01-01T00:00:00Z"; }},
        {"payload.unknown_key", "server_type",
         [](CleanRun& run) { run.payload()["server_type"] = "VM"; }},
        {"payload.unknown_key", "group on a region",
         [](CleanRun& run) { run.region["resource"]["group"] = "AHV"; }},
        {"payload.inventory_key", "collection_info",
         [](CleanRun& run) { run.payload()["collection_info"] = json::object(); }},
        {"payload.inventory_key", "a joined document",
         [](CleanRun& run) { run.payload()["ref_region"] = "x"; }},
        {"payload.inventory_key", "a managed namespace",
         [](CleanRun& run) { run.name_space["resource"]["is_managed"] = true; }},
        {"payload.null_value", "null addresses",
         [](CleanRun& run) { run.payload()["ip_addresses"] = nullptr; }},
        {"payload.null_value", "a null name",
         [](CleanRun& run) { run.payload()["name"] = nullptr; }},
        {"payload.null_value", "a null reference",
         [](CleanRun& run) { run.payload()["reference"] = nullptr; }},
        {"payload.text_empty", "an empty instance_type",
         [](CleanRun& run) { run.payload()["instance_type"] = ""; }},
        {"payload.text_empty", "an empty region_code",
         [](CleanRun& run) { run.payload()["region_code"] = ""; }},
        {"payload.too_long", "an account of 300",
         [long_text](CleanRun& run) { run.payload()["account"] = long_text; }},
        {"payload.too_long", "a project_id of 41",
         [](CleanRun& run) { run.payload()["project_id"] = std::string(41, 'p'); }},
        {"payload.too_long", "a namespace name of 41",
         [](CleanRun& run) { run.name_space["resource"]["name"] = std::string(41, 'n'); }},
        {"payload.too_long", "a metric_id of 81",
         [](CleanRun& run) { run.metric["resource"]["metric_id"] = std::string(81, 'm'); }},
        {"payload.type", "a number as name", [](CleanRun& run) { run.payload()["name"] = 5; }},
        {"payload.type", "is_primary as text",
         [](CleanRun& run) { run.type["resource"]["is_primary"] = "true"; }},
        {"payload.type", "data as list",
         [](CleanRun& run) { run.payload()["data"] = json::array(); }},
        {"payload.type", "json_data as object",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = json::object(); }},
        {"payload.provider", "another cloud's failure",
         [](CleanRun& run) { run.failure["resource"]["provider"] = "aws"; }},
        {"payload.provider", "another cloud's type",
         [](CleanRun& run) {
             json other = run.type;
             other["resource"].erase("metadata");
             other["resource"]["provider"] = "aws";
             run.raw.push_back(encode_resource_info(other));
         }},
        {"payload.dotted_name", "a dot in a type's name and group",
         [](CleanRun& run) {
             json& resource = run.type["resource"];
             resource["group"] = "AHV.v4";
             resource["metadata"]["view"]["widget"][0]["query"]["filter"][1]["value"] = "AHV.v4";
             run.payload()["cloud_service_group"] = "AHV.v4";
             json& text_row = run.text_vm["resource"];
             text_row["cloud_service_group"] = "AHV.v4";
         }},
        {"payload.tags", "tags as text", [](CleanRun& run) { run.payload()["tags"] = "a=b"; }},
        {"payload.tags", "a tag without value",
         [](CleanRun& run) {
             run.payload()["tags"] = json::array({{{"key", "a"}}});
         }},
        {"payload.both_forms", "data beside json_data",
         [](CleanRun& run) { run.payload()["json_data"] = "{}"; }},
        {"payload.both_forms", "metadata beside json_metadata",
         [](CleanRun& run) {
             json& resource = run.type["resource"];
             resource["json_metadata"] = resource["metadata"].dump();
         }},
        {"payload.json_text", "broken json_data",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = "{\"a\": "; }},
        {"payload.json_text", "an empty text",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = ""; }},
        {"payload.json_text", "two documents",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = "{}{}"; }},
        {"payload.json_text", "a list",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = "[1]"; }},
        {"payload.json_text", "json_metadata as text of a text",
         [](CleanRun& run) { run.text_vm["resource"]["json_metadata"] = "\"x\""; }},
    };
}

}  // namespace

std::vector<Plant> payload_plants() {
    std::vector<Plant> plants{
        {"service.resource_id", "an empty id",
         [](CleanRun& run) { run.payload()["reference"]["resource_id"] = ""; }},
        {"service.resource_id", "no reference",
         [](CleanRun& run) { run.payload().erase("reference"); }},
        {"service.resource_id", "a number as id",
         [](CleanRun& run) { run.payload()["reference"]["resource_id"] = 12; }},
        {"service.external_link", "a number as link",
         [](CleanRun& run) { run.payload()["reference"]["external_link"] = 1; }},
        {"service.external_link", "an empty link",
         [](CleanRun& run) { run.payload()["reference"]["external_link"] = ""; }},
        {"service.reference_key", "a uuid beside the id",
         [](CleanRun& run) { run.payload()["reference"]["uuid"] = "x"; }},
        {"service.instance_size", "a text",
         [](CleanRun& run) { run.payload()["instance_size"] = "4"; }},
        {"service.ip_addresses", "one text",
         [](CleanRun& run) { run.payload()["ip_addresses"] = "10.0.0.1"; }},
        {"service.ip_addresses", "a null among them",
         [](CleanRun& run) {
             run.payload()["ip_addresses"] = {"10.0.0.1", nullptr};
         }},
        {"service.ip_addresses", "an address of 300 characters",
         [](CleanRun& run) { run.payload()["ip_addresses"] = {std::string(300, '1')}; }},
        {"service.metadata_pointer", "no metadata",
         [](CleanRun& run) { run.payload().erase("metadata"); }},
        {"service.metadata_pointer", "another type's pointer",
         [](CleanRun& run) {
             run.payload()["metadata"]["view"]["sub_data"]["reference"]["options"]
                          ["cloud_service_type"] = "Host";
         }},
        {"service.metadata_pointer", "full tabs in a row",
         [](CleanRun& run) {
             run.payload()["metadata"] = {{"view", {{"sub_data", {{"layouts", json::array()}}}}}};
         }},
        {"data.missing", "neither form", [](CleanRun& run) { run.payload().erase("data"); }},
        {"run.duplicate_service", "the same row twice",
         [](CleanRun& run) { run.text_vm["resource"]["reference"]["resource_id"] = "vm-1"; }},
        {"run.region_missing", "a region nobody sends",
         [](CleanRun& run) { run.payload()["region_code"] = "cluster-9"; }},
        {"run.type_missing", "a type nobody sends",
         [](CleanRun& run) {
             run.payload()["cloud_service_type"] = "Image";
             run.payload()["metadata"]["view"]["sub_data"]["reference"]["options"]
                          ["cloud_service_type"] = "Image";
         }},
        {"run.namespace_missing", "a metric of no namespace",
         [](CleanRun& run) { run.metric["resource"]["namespace_id"] = "ns-other"; }},
    };
    const std::vector<Plant> keys = key_plants();
    plants.insert(plants.end(), keys.begin(), keys.end());
    return plants;
}

}  // namespace pf::test
