#include <limits>

#include "tests/row_check/clean_run.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {

using nlohmann::json;

namespace {

// An object nested so deep, itself included.
json nested_objects(int levels) {
    json inner = json::object();
    for (int i = 1; i < levels; ++i) inner = json{{"n", inner}};
    return inner;
}

std::vector<Plant> key_and_depth_plants() {
    return {
        {"data.dollar_key", "in a Struct", [](CleanRun& run) { run.data()["$set"] = 1; }},
        {"data.dollar_key", "deep in a JSON text",
         [](CleanRun& run) {
             run.set_text_data({{"a", json::array({{{"$ref", 1}}})}});
         }},
        {"data.dotted_key", "in a Struct", [](CleanRun& run) { run.data()["a.b"] = 1; }},
        {"data.dotted_key", "in a list of a JSON text",
         [](CleanRun& run) {
             run.set_text_data({{"a", json::array({json::array({{{"b.c", 1}}})})}});
         }},
        {"data.nul_key", "in a Struct",
         [](CleanRun& run) { run.data()[std::string("a\0b", 3)] = 1; }},
        {"data.nul_key", "in a JSON text",
         [](CleanRun& run) {
             run.text_vm["resource"]["json_data"] = "{\"x\": {\"a\\u0000b\": 1}}";
         }},
        {"data.nul_key", "at the top level",
         [](CleanRun& run) { run.payload()[std::string("name\0", 5)] = "x"; }},
        {"data.duplicate_key", "in a JSON text",
         [](CleanRun& run) {
             run.text_vm["resource"]["json_data"] = R"({"a": {"b": 1, "c": 2, "b": 3}})";
         }},
        {"data.duplicate_key", "in a Struct",
         [](CleanRun& run) {
             std::string structure = encode_struct(run.region["resource"]);
             structure += encode_struct({{"name", "Cluster one"}});
             json envelope = run.region;
             envelope.erase("resource");
             std::string bytes = encode_resource_info(envelope);
             append_field(bytes, 6, structure);
             run.raw.push_back(bytes);
         }},
        {"data.depth", "33 objects in a JSON text",
         [](CleanRun& run) { run.set_text_data(nested_objects(33)); }},
        {"data.depth", "33 objects in a Struct",
         [](CleanRun& run) { run.payload()["data"] = nested_objects(33); }},
        {"data.depth", "a thousand objects in a JSON text",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = nested_objects(1000).dump(); }},
        {"data.depth", "a thousand objects in a Struct",
         [](CleanRun& run) { run.payload()["data"] = nested_objects(1000); }},
        {"data.depth", "lists in tags",
         [](CleanRun& run) { run.payload()["tags"]["deep"] = nested_objects(40); }},
    };
}

}  // namespace

std::vector<Plant> document_plants() {
    std::vector<Plant> plants = key_and_depth_plants();
    const std::vector<Plant> numbers{
        {"data.number_not_finite", "NaN in a Struct",
         [](CleanRun& run) { run.data()["load"] = std::numeric_limits<double>::quiet_NaN(); }},
        {"data.number_not_finite", "infinity as size",
         [](CleanRun& run) {
             run.payload()["instance_size"] = std::numeric_limits<double>::infinity();
         }},
        {"data.number_not_finite", "1e999 in a JSON text",
         [](CleanRun& run) { run.text_vm["resource"]["json_data"] = "{\"a\": 1e999}"; }},
        {"data.number_too_big", "2^53 + 2 in a Struct",
         [](CleanRun& run) { run.data()["id"] = 9007199254740994.0; }},
        {"data.number_too_big", "2^53 + 1 in a JSON text",
         [](CleanRun& run) {
             run.text_vm["resource"]["json_data"] = "{\"id\": 9007199254740993}";
         }},
        {"data.number_too_big", "a negative one",
         [](CleanRun& run) {
             run.text_vm["resource"]["json_data"] = "{\"id\": -9007199254740993}";
         }},
        {"data.number_too_big", "above 64 bits",
         [](CleanRun& run) {
             run.text_vm["resource"]["json_data"] = "{\"id\": 36893488147419103232}";
         }},
        {"data.number_too_big", "in metadata",
         [](CleanRun& run) {
             run.view()["search"][0]["name"] = "N";
             run.type["resource"]["metadata"]["query_sets"][0]["query_options"]["limit"] = 1e17;
         }},
    };
    plants.insert(plants.end(), numbers.begin(), numbers.end());
    return plants;
}

}  // namespace pf::test
