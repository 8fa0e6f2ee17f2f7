#include "tests/row_check/clean_run.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {

using nlohmann::json;

std::vector<Plant> envelope_plants() {
    const json service_rule = {"reference.resource_id", "provider", "cloud_service_type",
                               "cloud_service_group", "account"};
    std::vector<Plant> plants{
        {"row.wire", "garbage", [](CleanRun& run) { run.raw.emplace_back("\xff\xff\xff"); }},
        {"row.wire", "a row cut short",
         [](CleanRun& run) {
             std::string bytes = encode_resource_info(run.region);
             bytes.resize(bytes.size() - 3);
             run.raw.push_back(bytes);
         }},
        {"row.unknown_field", "a field number 5",
         [](CleanRun& run) {
             std::string bytes = encode_resource_info(run.region);
             append_field(bytes, 5, std::string_view("x"));
             run.raw.push_back(bytes);
         }},
        {"row.utf8", "a name in Latin-1",
         [](CleanRun& run) { run.payload()["name"] = "M\xfcnchen"; }},
        {"row.utf8", "an overlong slash", [](CleanRun& run) { run.data()["x"] = "\xc0\xaf"; }},
        {"row.utf8", "a surrogate", [](CleanRun& run) { run.data()["x"] = "\xed\xa0\x80"; }},
        {"row.utf8", "a broken message", [](CleanRun& run) { run.failure["message"] = "\x80"; }},
        {"row.size", "two MiB of data",
         [](CleanRun& run) { run.data()["blob"] = std::string(2U * 1024U * 1024U, 'x'); }},
        {"row.secret_text", "the password in data",
         [](CleanRun& run) { run.data()["note"] = "login with planted-secret"; }},
        {"row.state", "state 0 vanishes", [](CleanRun& run) { run.vm["state"] = 0; }},
        {"row.state", "no state", [](CleanRun& run) { run.region.erase("state"); }},
        {"row.state", "IDLE", [](CleanRun& run) { run.vm["state"] = 7; }},
        {"row.resource_type", "an old plugin's type",
         [](CleanRun& run) {
             run.region["resource_type"] = "inventory.Server";
             run.payload().erase("region_code");
             run.text_vm["resource"].erase("region_code");
         }},
        {"row.resource_missing", "no resource",
         [](CleanRun& run) {
             run.name_space.erase("resource");
             run.metric.erase("resource");
         }},
        {"row.resource_missing", "an empty resource",
         [](CleanRun& run) { run.failure["resource"] = json::object(); }},
        {"row.match_rules_empty", "a service without rules",
         [](CleanRun& run) { run.vm.erase("match_rules"); }},
        {"row.match_rules_empty", "a type with {}",
         [](CleanRun& run) { run.type["match_rules"] = json::object(); }},
        {"row.match_rules_empty", "a region without rules",
         [](CleanRun& run) { run.region.erase("match_rules"); }},
        {"match.order_key", "a word as order",
         [](CleanRun& run) { run.vm["match_rules"]["first"] = {"name"}; }},
        {"match.shape", "a text instead of a list",
         [](CleanRun& run) { run.vm["match_rules"]["1"] = "reference.resource_id"; }},
        {"match.shape", "an empty list",
         [](CleanRun& run) { run.vm["match_rules"]["2"] = json::array(); }},
        {"match.data_path", "a path into data",
         [](CleanRun& run) { run.vm["match_rules"]["2"] = {"data.compute.instance_id"}; }},
        {"match.convention", "no account",
         [](CleanRun& run) { run.vm["match_rules"]["1"].erase(4); }},
        {"match.convention", "only rule 2",
         [service_rule](CleanRun& run) {
             run.vm["match_rules"] = {{"2", service_rule}};
         }},
        {"match.convention", "a type matched by name alone",
         [](CleanRun& run) { run.type["match_rules"]["1"] = {"name"}; }},
        {"match.convention", "a region matched by name",
         [](CleanRun& run) {
             run.region["match_rules"]["1"] = {"name", "provider"};
         }},
        {"match.value_falsy", "no account", [](CleanRun& run) { run.payload().erase("account"); }},
        {"failure.resource_type", "FAILURE of a CloudService",
         [](CleanRun& run) { run.failure["resource_type"] = "inventory.CloudService"; }},
        {"failure.state", "an error that says SUCCESS",
         [](CleanRun& run) { run.failure["state"] = 4; }},
        {"failure.message", "no message", [](CleanRun& run) { run.failure.erase("message"); }},
        {"failure.message", "an empty message", [](CleanRun& run) { run.failure["message"] = ""; }},
        {"failure.payload", "a further key",
         [](CleanRun& run) { run.failure["resource"]["data"] = json::object(); }},
        {"failure.payload", "a number as id",
         [](CleanRun& run) { run.failure["resource"]["resource_id"] = 7; }},
    };
    return plants;
}

}  // namespace pf::test
