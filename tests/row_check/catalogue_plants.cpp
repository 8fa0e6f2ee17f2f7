#include "tests/row_check/clean_run.hpp"

namespace pf::test {

using nlohmann::json;

std::vector<Plant> catalogue_plants() {
    return {
        {"type.labels", "labels as text",
         [](CleanRun& run) { run.type["resource"]["labels"] = "Server"; }},
        {"type.labels", "an empty label",
         [](CleanRun& run) {
             run.type["resource"]["labels"] = {"Server", ""};
         }},
        {"region.location", "a number as latitude",
         [](CleanRun& run) { run.region["resource"]["tags"]["latitude"] = 50.1; }},
        {"region.location", "degrees and minutes",
         [](CleanRun& run) { run.region["resource"]["tags"]["longitude"] = "8 36 E"; }},
        {"region.location", "an unknown continent",
         [](CleanRun& run) { run.region["resource"]["tags"]["continent"] = "Europe"; }},
        {"namespace.category", "an unknown one",
         [](CleanRun& run) { run.name_space["resource"]["category"] = "VM"; }},
        {"catalogue.resource_type", "a namespace of all services",
         [](CleanRun& run) {
             run.name_space["resource"]["resource_type"] = "inventory.CloudService";
         }},
        {"catalogue.resource_type", "four parts",
         [](CleanRun& run) {
             run.metric["resource"]["resource_type"] = "inventory.CloudService:nutanix.AHV.VM.x";
         }},
        {"catalogue.resource_type", "another provider",
         [](CleanRun& run) {
             run.metric["resource"]["resource_type"] = "inventory.CloudService:aws.EC2.Instance";
         }},
        {"metric.metric_type", "an unknown one",
         [](CleanRun& run) { run.metric["resource"]["metric_type"] = "SUM"; }},
        {"metric.date_field", "on a GAUGE",
         [](CleanRun& run) { run.metric["resource"]["date_field"] = "created_at"; }},
        {"metric.query_options", "a result called count",
         [](CleanRun& run) {
             run.metric["resource"]["query_options"]["fields"] = {
                 {"count", {{"operator", "count"}}}};
         }},
        {"metric.query_options", "fields as list",
         [](CleanRun& run) {
             run.metric["resource"]["query_options"]["fields"] = json::array({"value"});
         }},
        {"metric.query_options", "a sum of nothing",
         [](CleanRun& run) {
             run.metric["resource"]["query_options"]["fields"]["value"].erase("key");
         }},
        {"metric.query_options", "a time part",
         [](CleanRun& run) { run.metric["resource"]["query_options"]["granularity"] = "DAILY"; }},
        {"metric.query_options", "a group without name",
         [](CleanRun& run) {
             run.metric["resource"]["query_options"]["group_by"][1].erase("name");
         }},
        {"metric.query_options", "a filter without operator",
         [](CleanRun& run) {
             run.metric["resource"]["query_options"]["filter"][0].erase("operator");
         }},
    };
}

}  // namespace pf::test
