#include "tests/row_check/clean_run.hpp"

namespace pf::test {

using nlohmann::json;

namespace {

json& tab(CleanRun& run, std::size_t index) { return run.view()["sub_data"]["layouts"][index]; }

json& widget(CleanRun& run) { return run.view()["widget"][0]; }

std::vector<Plant> layout_plants() {
    return {
        {"meta.unknown_key", "a misspelt view",
         [](CleanRun& run) { run.type["resource"]["metadata"]["views"] = json::object(); }},
        {"meta.unknown_key", "tabs beside sub_data",
         [](CleanRun& run) { run.view()["tabs"] = json::array(); }},
        {"meta.unknown_key", "items in sub_data",
         [](CleanRun& run) { run.view()["sub_data"]["items"] = json::array(); }},
        {"meta.search", "not a list", [](CleanRun& run) { run.view()["search"] = "name"; }},
        {"meta.search", "no key", [](CleanRun& run) { run.view()["search"][0].erase("key"); }},
        {"meta.search", "an unknown data_type",
         [](CleanRun& run) { run.view()["search"][1]["data_type"] = "number"; }},
        {"meta.search", "an unknown member",
         [](CleanRun& run) { run.view()["search"][0]["type"] = "text"; }},
        {"meta.search", "a reference as object",
         [](CleanRun& run) { run.view()["search"][2]["reference"] = json::object(); }},
        {"meta.search", "enums as text",
         [](CleanRun& run) { run.view()["search"][3]["enums"] = "RUNNING"; }},
        {"meta.search", "an enum as text",
         [](CleanRun& run) { run.view()["search"][3]["enums"]["RUNNING"] = "Running"; }},
        {"meta.search", "a group of searches without items",
         [](CleanRun& run) {
             run.view()["table"]["layout"]["options"]["search"] = {{{"title", "Properties"}}};
         }},
        {"meta.table_layout", "no view",
         [](CleanRun& run) { run.type["resource"]["metadata"].erase("view"); }},
        {"meta.table_layout", "no table", [](CleanRun& run) { run.view().erase("table"); }},
        {"meta.table_layout", "a plain table",
         [](CleanRun& run) { run.view()["table"]["layout"]["type"] = "table"; }},
        {"meta.layout_type", "an unknown tab", [](CleanRun& run) { tab(run, 3)["type"] = "tree"; }},
        {"meta.layout_type", "an unknown layout in a list",
         [](CleanRun& run) { tab(run, 1)["options"]["layouts"][0]["type"] = "grid"; }},
        {"meta.layout_shape", "a tab without name",
         [](CleanRun& run) { tab(run, 3).erase("name"); }},
        {"meta.layout_shape", "an item without fields",
         [](CleanRun& run) { tab(run, 0)["options"].erase("fields"); }},
        {"meta.layout_shape", "a table without fields",
         [](CleanRun& run) { run.view()["table"]["layout"]["options"]["fields"] = json::array(); }},
        {"meta.layout_shape", "an empty list of layouts",
         [](CleanRun& run) { tab(run, 1)["options"]["layouts"] = json::array(); }},
        {"meta.layout_shape", "markdown without text",
         [](CleanRun& run) { tab(run, 2)["options"].erase("markdown"); }},
        {"meta.layout_shape", "an unknown option",
         [](CleanRun& run) { tab(run, 3)["options"]["root"] = "data"; }},
        {"meta.layout_shape", "root_path as list",
         [](CleanRun& run) { tab(run, 3)["options"]["root_path"] = {"data"}; }},
        {"meta.layout_shape", "unwind as text",
         [](CleanRun& run) { tab(run, 3)["options"]["unwind"] = "data.disks"; }},
        {"meta.layout_shape", "a sort as text",
         [](CleanRun& run) { run.view()["table"]["layout"]["options"]["default_sort"] = "name"; }},
        {"meta.layout_shape", "a filter as object",
         [](CleanRun& run) {
             run.view()["table"]["layout"]["options"]["default_filter"] = json::object();
         }},
        {"meta.layout_shape", "tabs as object",
         [](CleanRun& run) { run.view()["sub_data"]["layouts"] = json::object(); }},
        {"meta.widget", "widgets as object",
         [](CleanRun& run) { run.view()["widget"] = json::object(); }},
        {"meta.widget", "an unknown type", [](CleanRun& run) { widget(run)["type"] = "pie"; }},
        {"meta.widget", "no query", [](CleanRun& run) { widget(run).erase("query"); }},
        {"meta.widget", "counts every type",
         [](CleanRun& run) { widget(run)["query"]["filter"].erase(2); }},
        {"meta.query_set", "no name",
         [](CleanRun& run) { run.type["resource"]["metadata"]["query_sets"][0].erase("name"); }},
        {"meta.query_set", "no options",
         [](CleanRun& run) {
             run.type["resource"]["metadata"]["query_sets"][0].erase("query_options");
         }},
    };
}

std::vector<Plant> field_plants() {
    return {
        {"meta.field", "no key", [](CleanRun& run) { run.column(0).erase("key"); }},
        {"meta.field", "an empty name", [](CleanRun& run) { run.column(0)["name"] = ""; }},
        {"meta.field", "a text", [](CleanRun& run) { run.column(0) = "name"; }},
        {"meta.field", "an unknown member", [](CleanRun& run) { run.column(0)["label"] = "Name"; }},
        {"meta.field", "a reference as text",
         [](CleanRun& run) { run.column(6)["reference"] = "inventory.CloudService"; }},
        {"meta.field", "a field in a tab without name",
         [](CleanRun& run) { tab(run, 0)["options"]["fields"][0].erase("name"); }},
        {"meta.field_type", "a number", [](CleanRun& run) { run.column(0)["type"] = "number"; }},
        {"meta.field_type", "progress is shown as text",
         [](CleanRun& run) { run.column(0)["type"] = "progress"; }},
        {"meta.field_type", "an unknown item of a list",
         [](CleanRun& run) { run.column(4)["options"]["item"]["type"] = "chip"; }},
        {"meta.field_options", "options as list",
         [](CleanRun& run) { run.column(0)["options"] = json::array(); }},
        {"meta.field_options", "an unknown option of text",
         [](CleanRun& run) { run.column(0)["options"]["hidden"] = true; }},
        {"meta.field_options", "a datetime without source_type",
         [](CleanRun& run) { run.column(2)["options"].erase("source_type"); }},
        {"meta.field_options", "a datetime in another form",
         [](CleanRun& run) { run.column(2)["options"]["source_type"] = "rfc3339"; }},
        {"meta.field_options", "a size without unit",
         [](CleanRun& run) { run.column(3).erase("options"); }},
        {"meta.field_options", "a size in GiB",
         [](CleanRun& run) { run.column(3)["options"]["display_unit"] = "GiB"; }},
        {"meta.field_options", "an enum without items",
         [](CleanRun& run) {
             run.column(1)["options"] = {{"is_optional", true}};
         }},
        {"meta.field_options", "an enum item as text",
         [](CleanRun& run) { run.column(1)["options"]["items"]["RUNNING"] = "Running"; }},
        {"meta.field_options", "an enum item of type size",
         [](CleanRun& run) { run.column(1)["options"]["items"]["RUNNING"]["type"] = "size"; }},
        {"meta.field_options", "an enum item with a colour beside its options",
         [](CleanRun& run) { run.column(1)["options"]["items"]["STOPPED"]["color"] = "red"; }},
        {"meta.field_options", "a badge with corners",
         [](CleanRun& run) {
             run.column(1)["options"]["items"]["STOPPED"]["options"]["shape"] = "OVAL";
         }},
        {"meta.field_options", "a state with an icon's name",
         [](CleanRun& run) {
             run.column(1)["options"]["items"]["RUNNING"]["options"]["icon"] = "circle";
         }},
        {"meta.field_options", "a list with `items`",
         [](CleanRun& run) { run.column(4)["options"]["items"] = json::object(); }},
        {"meta.field_options", "a `more` without popup",
         [](CleanRun& run) { run.column(5)["options"].erase("layout"); }},
        {"meta.colour", "a state in lime",
         [](CleanRun& run) {
             run.column(1)["options"]["items"]["RUNNING"]["options"]["icon"]["color"] = "lime";
         }},
        {"meta.colour", "a shade of 550",
         [](CleanRun& run) {
             run.column(1)["options"]["items"]["STOPPED"]["options"]["background_color"] =
                 "red.550";
         }},
        {"meta.colour", "a shade of black",
         [](CleanRun& run) {
             run.view()["search"][3]["enums"]["RUNNING"]["icon"]["color"] = "black.100";
         }},
        {"meta.absent", "a type without metadata",
         [](CleanRun& run) { run.type["resource"].erase("metadata"); }},
        {"meta.field_never_filled", "a misspelt column",
         [](CleanRun& run) { run.column(1)["key"] = "data.compute.state"; }},
        {"meta.field_never_filled", "a search for what no row has",
         [](CleanRun& run) { run.view()["search"][1]["key"] = "data.hardware.cores"; }},
        {"meta.field_never_filled", "a tab below a wrong root",
         [](CleanRun& run) { tab(run, 3)["options"]["root_path"] = "data.raw"; }},
        {"meta.field_never_filled", "a wrong sub_key",
         [](CleanRun& run) { run.column(5)["options"]["sub_key"] = "name"; }},
    };
}

}  // namespace

std::vector<Plant> console_plants() {
    std::vector<Plant> plants = layout_plants();
    const std::vector<Plant> fields = field_plants();
    plants.insert(plants.end(), fields.begin(), fields.end());
    return plants;
}

}  // namespace pf::test
