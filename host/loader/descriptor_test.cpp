#include "host/loader/descriptor.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "host/loader/descriptor_sample.hpp"

using nlohmann::ordered_json;
using pf::host::Status;
using pf::host::loader::descriptor_schema;
using pf::host::loader::parse_descriptor;
using pf::host::loader::validate_config;
using pf::host::services::EmptyForm;
using pf::host::services::LookupField;

namespace {

// The message of parsing the sample after `patch` (JSON Patch operations), empty when it parses.
std::string complaint(const std::string& patch) {
    const ordered_json changed =
        ordered_json::parse(pf::test::sample_descriptor()).patch(ordered_json::parse(patch));
    const auto parsed = parse_descriptor(changed.dump());
    if (!parsed.ok()) {
        CHECK(parsed.status().reason() == "ERROR_MODULE_DESCRIPTOR");
    }
    return parsed.status().message();
}

std::string add(const std::string& path, const std::string& value) {
    return R"([{"op": "add", "path": ")" + path + R"(", "value": )" + value + "}]";
}

std::string without(const std::string& path) {
    return R"([{"op": "remove", "path": ")" + path + R"("}])";
}

}  // namespace

TEST_CASE("a descriptor becomes plain values") {
    const std::string text = pf::test::sample_descriptor();
    const auto parsed = parse_descriptor(text);
    REQUIRE(parsed.status().message() == "");
    CHECK(parsed->name == "vm");
    CHECK(parsed->version == "0.9.0-rc.1");
    CHECK(parsed->stability == "beta");
    CHECK(parsed->summary == "Collects virtual machines.");
    CHECK(parsed->concerns == std::vector<std::string>{"pf.inventory/1"});
    CHECK(parsed->text == text);

    REQUIRE(parsed->endpoints.size() == 3);
    const auto& v4 = parsed->endpoints[0].v4.value();
    CHECK(v4.api_namespace == "vmm");
    CHECK(v4.path == "ahv/config/vms");
    CHECK(v4.id == std::vector<std::string>{"extId"});
    CHECK(v4.cluster == std::vector<std::string>{"cluster", "extId"});
    CHECK(v4.cluster_filter == "cluster/extId eq '{cluster}'");
    CHECK(v4.order_by == "extId");
    CHECK(v4.is_paged);
    const auto& v3 = parsed->endpoints[0].v3.value();
    CHECK(v3.path == "vms/list");
    CHECK(v3.kind == "vm");
    CHECK(v3.id == std::vector<std::string>{"metadata", "uuid"});
    CHECK(v3.cluster.size() == 3);
    CHECK(v3.is_paged);
    CHECK(v3.order_by == "name");
    CHECK_FALSE(parsed->endpoints[1].v4->is_paged);
    CHECK_FALSE(parsed->endpoints[1].v3.has_value());

    REQUIRE(parsed->lookups.size() == 2);
    CHECK(parsed->lookups[0].endpoint == 1);
    REQUIRE(parsed->lookups[0].fields.size() == 4);
    CHECK(parsed->lookups[0].fields[1] == LookupField{{{"", {"network", "vip"}}}});
    CHECK(parsed->lookups[0].v3_fields.empty());
}

TEST_CASE("a look-up has a form for each generation its endpoint has") {
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    const auto& hosts = parsed->lookups.at(1);
    REQUIRE(hosts.v3_fields.size() == hosts.fields.size());
    CHECK(hosts.v3_fields[0] == LookupField{{{"", {"status", "name"}}}});
    CHECK(hosts.v3_fields[1] ==
          LookupField{{{"", {"status", "ip"}}, {"/", {}}, {"", {"status", "length"}}}});
    const auto blank =
        parse_descriptor(ordered_json::parse(pf::test::sample_descriptor())
                             .patch(ordered_json::parse(add("/lookups/1/v3_fields/1", "\"\"")))
                             .patch(ordered_json::parse(without("/lookups/1/v3_fields/2")))
                             .dump());
    REQUIRE(blank.status().message() == "");
    CHECK(blank->lookups[1].v3_fields[1].parts.empty());
}

TEST_CASE("what counts the entities of a list is found by name") {
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    REQUIRE(parsed->endpoints[0].counted_by.size() == 1);
    const auto& counted = parsed->endpoints[0].counted_by[0];
    CHECK(counted.lookup == 0);
    CHECK(counted.field == 2);
    CHECK(counted.where == 3);
    CHECK(counted.is == "AHV");
}

TEST_CASE("outputs keep the order of their data keys and their empty forms") {
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    const auto& output = parsed->outputs.at(0);
    CHECK(output.kind == "vm");
    CHECK(output.endpoint == 0);
    CHECK(output.is_cluster_scoped);
    CHECK(output.is_primary);
    CHECK(output.is_major);
    CHECK(output.lookups == std::vector<std::uint32_t>{1, 0});
    CHECK_FALSE(output.is_default);
    CHECK(output.labels == std::vector<std::string>{"Compute", "Server"});
    CHECK(output.icon == "vm.svg");
    REQUIRE(output.data_keys.size() == 4);
    CHECK(output.data_keys[0].name == "os");
    CHECK(output.data_keys[0].empty == EmptyForm::object);
    CHECK(output.data_keys[1].empty == EmptyForm::array);
    CHECK(output.data_keys[2].empty == EmptyForm::text);
    CHECK(output.data_keys[3].name == "launched_at");
    CHECK(output.data_keys[3].empty == EmptyForm::null);
}

TEST_CASE("the console part becomes the metadata of the type") {
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    CHECK(parsed->outputs[0].view_metadata ==
          R"({"view":{"search":[{"key":"data.os.name","name":"OS"}],)"
          R"("table":{"layout":{"name":"Main Table","type":"query-search-table","options":{)"
          R"("fields":[{"key":"name","name":"Name","type":"text"}],)"
          R"("default_sort":{"key":"name","desc":false}}}},)"
          R"("sub_data":{"layouts":[{"name":"VM","type":"item","options":{"fields":[]}}]}}})");
    CHECK(complaint(without("/outputs/0/console")) == "");
}

TEST_CASE("an unknown key comes with the key that was meant") {
    CHECK(complaint(add("/endpoints/0/v4/pagd", "true")) ==
          "endpoints[0].v4.pagd: unknown key; did you mean 'paged'?");
    CHECK(complaint(add("/sumary", "\"x\"")) == "sumary: unknown key; did you mean 'summary'?");
    CHECK(complaint(add("/outputs/0/console/serach", "[]")) ==
          "outputs[0].console.serach: unknown key; did you mean 'search'?");
    CHECK(complaint(add("/lookups/0/zzzzzzzzzz", "1")) ==
          "lookups[0].zzzzzzzzzz: unknown key; known are endpoint, fields, name, v3_fields");
    CHECK(complaint(add("/outputs/0/console/tabs/0/anything", "1")) == "");
}

TEST_CASE("a wrong value is named with its place and what is expected") {
    struct Row {
        std::string patch;
        std::string message;
    };
    const Row rows[] = {
        {add("/schema", "\"prismforet/module/2\""), "schema: "},
        {add("/name", "\"VM\""), "name: "},
        {add("/version", "\"1.0\""), "version: "},
        {add("/stability", "\"good\""), R"(["development","alpha","beta","stable","deprecated"])"},
        {without("/summary"), "Missing required property 'summary'"},
        {add("/concerns", "[]"), "concerns: "},
        {add("/endpoints/0/v4/path", "\"/api/vms\""), "endpoints[0].v4.path: "},
        {add("/endpoints/0/v4/path", "\"vms/../users\""), "endpoints[0].v4.path: "},
        {add("/endpoints/0/v4/id", "\"a..b\""), "endpoints[0].v4.id: "},
        {add("/endpoints/0/v3/order_by", "\"a\\\"b\""), "endpoints[0].v3.order_by: "},
        {add("/outputs/0/group", "\"A.B\""), "without a dot"},
        {add("/outputs/0/type", "\"A.B\""), "without a dot"},
        {add("/outputs/0/data/x", "0"), "outputs[0].data.x: "},
        {add("/outputs/0/data/x", "false"), "outputs[0].data.x: "},
        {add("/outputs/0/data/x", "{\"a\": 1}"), "outputs[0].data.x: "},
        {add("/outputs/0/icon", "\"../vm.svg\""), "outputs[0].icon: "},
        {add("/outputs/0/scope", "\"host\""), R"(["cluster","target"])"},
        {add("/summary", "\"a\\nb\""), "control character"},
        {add("/config_schema/properties/depth/type", "\"integr\""), "config_schema: "},
        {add("/config_schema/$ref", "\"#\""), "$ref is not supported"},
    };
    for (const Row& row : rows) {
        INFO(row.patch);
        CHECK_THAT(complaint(row.patch), Catch::Contains(row.message));
    }
}

TEST_CASE("rules that relate two places") {
    const std::string second_vm =
        R"({"kind":"vm","title":"t","endpoint":"vms","group":"G","type":"T","data":{"a":""}})";
    struct Row {
        std::string patch;
        std::string message;
    };
    const Row rows[] = {
        {add("/concerns/0", "\"pf.unheard/1\""),
         "concerns[0]: this host does not know the concern 'pf.unheard/1'; it knows "
         "pf.inventory/1, pf.cost/1, pf.metrics/1, pf.events/1, pf.notify/1"},
        {add("/endpoints/1/name", "\"vms\""), "endpoints[1].name: 'vms' is used twice"},
        {without("/endpoints/1/v4"), "endpoints[1]: give v4, v3 or both"},
        {add("/outputs/0/endpoint", "\"vmss\""),
         "outputs[0].endpoint: there is no endpoint 'vmss'; did you mean 'vms'?"},
        {add("/lookups/0/endpoint", "\"none\""),
         "lookups[0].endpoint: there is no endpoint 'none'"},
        {add("/endpoints/0/v4/cluster_filter", "\"x eq 1\""), "must hold {cluster}"},
        {add("/endpoints/0/v4/cluster_filter", "\"{cluster} {id}\""), "no other brace"},
        {without("/endpoints/0/v4/cluster"), "endpoints[0].v4.cluster: needed with cluster_filter"},
        {without("/endpoints/0/v4/cluster_filter"), "outputs[0].scope: 'cluster' needs"},
        {without("/endpoints/0/v3/cluster"), "outputs[0].scope: 'cluster' needs cluster in v3"},
        {without("/lookups/1/v3_fields"),
         "lookups[1].v3_fields: needed when endpoint 'hosts' has v3"},
        {without("/lookups/1/fields"), "lookups[1].fields: needed when endpoint 'hosts' has v4"},
        {add("/lookups/0/v3_fields", R"(["status.name"])"),
         "lookups[0].v3_fields: needed when endpoint 'clusters' has v3, and only then"},
        {add("/lookups/1/fields/0", "\"id\""), "lookups[1].v3_fields: must have as many entries"},
        {add("/lookups/1/fields/1", "\"{a.b\""), "lookups[1].fields[1]: must be a dotted path"},
        {add("/lookups/1/fields/1", "\"a..b\""), "lookups[1].fields[1]: must be a dotted path"},
        {add("/lookups/1/fields/1", "\"{}\""), "lookups[1].fields[1]: must be a dotted path"},
        {add("/endpoints/0/counted_by/0/lookup", "\"cluster\""),
         "endpoints[0].counted_by[0].lookup: there is no look-up 'cluster'; did you mean "
         "'clusters'?"},
        {add("/endpoints/0/counted_by/0/field", "\"vm\""),
         "endpoints[0].counted_by[0].field: there is no field 'vm'"},
        {without("/endpoints/0/counted_by/0/is"), "where and is go together"},
        {add("/outputs/1", second_vm), "outputs[1].kind: 'vm' is used twice"},
        {add("/outputs/0/data/a.b", "{}"), "must not hold a dot"},
        {add("/outputs/0/data/$set", "{}"), "must not begin with $"},
        {add("/outputs/0/data/x\\u0000y", "{}"), "control character"},
        {add("/outputs/0/data", R"({"": {}})"), "must not be empty"},
    };
    for (const Row& row : rows) {
        INFO(row.patch);
        CHECK_THAT(complaint(row.patch), Catch::Contains(row.message));
    }
}

TEST_CASE("at most 64 data keys") {
    ordered_json keys;
    for (int i = 0; i < 64; ++i) {
        keys[std::string("k").append(std::to_string(i))] = "";
    }
    const std::string removed = R"([{"op": "remove", "path": "/outputs/0/shape"}, )";
    CHECK(complaint(removed + add("/outputs/0/data", keys.dump()).substr(1)) == "");
    keys["one_more"] = "";
    CHECK_THAT(complaint(add("/outputs/0/data", keys.dump())),
               Catch::Contains("1 to 64 data keys"));
}

TEST_CASE("text that is no JSON, or read two ways, is refused with its place") {
    const auto message = [](const std::string& text) {
        return parse_descriptor(text).status().message();
    };
    CHECK_THAT(message("{\n  \"name\": x}"), Catch::Contains("line 2"));
    CHECK_THAT(message(""), Catch::Contains("cannot be read"));
    CHECK_THAT(message("[]"), Catch::Contains("type"));
    CHECK_THAT(message("{\"a\": 1, \"a\": 2}"), Catch::Contains("the key \"a\" twice"));
    CHECK_THAT(message(std::string(100000, '[')), Catch::Contains("JSON text"));
    CHECK_THAT(message(std::string(100, '[') + std::string(100, ']')), Catch::Contains("deeper"));
    CHECK_THAT(message(std::string((1U << 20U) + 1, ' ')), Catch::Contains("1 MiB"));
    CHECK_THAT(complaint(add("/name", ordered_json(std::string(100000, 'a')).dump())),
               Catch::Contains("must not be longer"));
}

TEST_CASE("a module's configuration is checked against its schema and never quoted") {
    const auto descriptor = parse_descriptor(pf::test::sample_descriptor());
    CHECK(validate_config(*descriptor, R"({"depth": 3, "note": "ab"})").ok());
    CHECK(validate_config(*descriptor, R"({"depth": 3, "name": "two\nlines"})").ok());
    const auto message = [&](const std::string& config) {
        const Status status = validate_config(*descriptor, config);
        CHECK(status.reason() == "ERROR_MODULE_CONFIG");
        CHECK(status.message().find("hunter2") == std::string::npos);
        return status.message();
    };
    CHECK_THAT(message(""), Catch::Contains("depth"));
    CHECK_THAT(message(R"({"dept": 3})"), Catch::Contains("did you mean 'depth'?"));
    CHECK_THAT(message(R"({"depth": "hunter2"})"), Catch::Contains("depth: "));
    CHECK_THAT(message(R"({"depth": 1, "note": "hunter2"})"), Catch::Contains("note: "));
    CHECK_THAT(message(R"({"depth": hunter2})"), Catch::Contains("must be an object"));
    CHECK_THAT(message("[]"), Catch::Contains("must be an object"));
    CHECK_THAT(message(R"({"depth": 1, "note": ")" + std::string(5000, 'a') + "\"}"),
               Catch::Contains("longer than 4096"));
    CHECK(validate_config(*descriptor, R"({"depth": 1, "note": ")" + std::string(4096, 'a') + "\"}")
              .ok());
}

TEST_CASE("without a config_schema only the empty configuration is valid") {
    ordered_json text = ordered_json::parse(pf::test::sample_descriptor());
    text.erase("config_schema");
    const auto descriptor = parse_descriptor(text.dump());
    CHECK(validate_config(*descriptor, "").ok());
    CHECK(validate_config(*descriptor, "{}").ok());
    CHECK_FALSE(validate_config(*descriptor, R"({"a": 1})").ok());
}

TEST_CASE("the schema is a JSON document that names its format") {
    CHECK(ordered_json::parse(descriptor_schema()).at("title") == "prismforet/module/1");
}

TEST_CASE("metrics become what CloudForet analyses") {
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    REQUIRE(parsed.status().message() == "");
    const auto& output = parsed->outputs[0];
    REQUIRE(output.metrics.size() == 2);
    CHECK(pf::host::services::namespace_id(output) == "ns-nutanix-ahv-vm");
    const auto& sum = output.metrics[0];
    CHECK(pf::host::services::metric_id(output, sum) == "metric-nutanix-ahv-vm-core-sum");
    CHECK(sum.version == "1.0");
    CHECK(sum.date_field.empty());
    CHECK(ordered_json::parse(sum.query_options) == ordered_json::parse(R"({
        "group_by": [
            {"key": "region_code", "name": "Region", "search_key": "region_code",
             "reference": {"resource_type": "inventory.Region", "reference_key": "region_code"}},
            {"key": "account", "name": "Account", "search_key": "account"},
            {"key": "data.os.name", "name": "OS", "search_key": "data.os.name"}],
        "fields": {"value": {"operator": "sum", "key": "data.os.cores"}},
        "filter": [{"key": "data.os.name", "value": "x", "operator": "eq"}]})"));
    CHECK(output.metrics[1].version == "1.1");
    CHECK(output.metrics[1].date_field == "created_at");
}

TEST_CASE("metrics that CloudForet would not take are refused") {
    const std::string metrics = "/outputs/0/console/metrics";
    CHECK(complaint(add(metrics + "/1/id", R"("core-sum")")).find("used twice") !=
          std::string::npos);
    CHECK(complaint(add(metrics + "/0/date_field", R"("created_at")")).find("COUNTER") !=
          std::string::npos);
    CHECK(complaint(add("/outputs/0/type", "\"" + std::string(40, 'T') + "\"")).find("39") !=
          std::string::npos);
    CHECK(complaint(add(metrics + "/0/value", "{}")) != "");
    CHECK(complaint(add(metrics + "/0/type", R"("RATE")")) != "");
    CHECK(complaint(add("/outputs/0/lookups/0", R"("hots")")).find("did you mean 'hosts'") !=
          std::string::npos);
    CHECK(complaint(without(metrics)) == "");
}

TEST_CASE("an endpoint below a parent is one of detail, and nothing else") {
    const std::string disks =
        R"({"name": "disks", "role": "Prism Viewer", "v4": {"namespace": "volumes",
            "path": "config/volume-groups/{parent}/disks", "id": "extId"}})";
    const auto parsed = parse_descriptor(ordered_json::parse(pf::test::sample_descriptor())
                                             .patch(ordered_json::parse(add("/endpoints/-", disks)))
                                             .dump());
    REQUIRE(parsed.status().message() == "");
    CHECK(parsed->endpoints[3].has_parent());
    CHECK_FALSE(parsed->endpoints[0].has_parent());
    const auto complaint_with = [&](const std::string& more) {
        return complaint(
            "[" + add("/endpoints/-", disks).substr(1, add("/endpoints/-", disks).size() - 2) +
            "," + more + "]");
    };
    using Catch::Contains;
    CHECK_THAT(complaint_with(R"({"op":"replace","path":"/endpoints/3/v4/path",
                                  "value":"a/{parent}/b/{parent}"})"),
               Contains("may hold {parent} once"));
    CHECK_THAT(complaint_with(R"({"op":"replace","path":"/endpoints/3/v4/path",
                                  "value":"a/{other}/b"})"),
               Contains("endpoints[3].v4.path"));
    CHECK_THAT(complaint_with(R"({"op":"add","path":"/endpoints/3/v3",
                                  "value":{"path":"disks/list","kind":"disk","id":"uuid"}})"),
               Contains("both of v4 and v3 are below a {parent}, or none"));
    CHECK_THAT(complaint_with(R"({"op":"replace","path":"/outputs/0/endpoint","value":"disks"})"),
               Contains("must not be below a {parent}"));
    CHECK_THAT(complaint_with(R"({"op":"add","path":"/lookups/-",
                                  "value":{"name":"l","endpoint":"disks","fields":["a"]}})"),
               Contains("must not be below a {parent}"));
    CHECK_THAT(complaint_with(R"({"op":"add","path":"/endpoints/0/v4/stats",
                                  "value":{"minutes":60,"interval":300,"select":["a"]}})"),
               Contains("needs {parent} in the path"));
    CHECK(complaint_with(R"({"op":"add","path":"/endpoints/3/v4/stats",
                             "value":{"minutes":60,"interval":300,"select":["a"]}})") == "");
}

TEST_CASE("columns are asked of groups only") {
    const std::string groups =
        R"({"path": "groups", "kind": "storage_container", "id": "entity_id",
            "attributes": ["container_name", "storage.user_capacity_bytes"]})";
    const auto parsed = parse_descriptor(ordered_json::parse(pf::test::sample_descriptor())
                                             .patch(ordered_json::parse(
                                                 R"([{"op":"add","path":"/endpoints/-","value":
                                      {"name":"containers","role":"r","v3":)" +
                                                 groups + "}}]"))
                                             .dump());
    REQUIRE(parsed.status().message() == "");
    CHECK(parsed->endpoints[3].v3->attributes.size() == 2);
    CHECK_THAT(complaint(add("/endpoints/0/v3/attributes", R"(["a"])")),
               Catch::Contains("are asked of the path groups"));
}

TEST_CASE("how a resource is charged becomes a plan") {
    using pf::host::services::ShapeClass;
    using pf::host::services::ShapeField;
    using Path = std::vector<std::string>;
    const auto parsed = parse_descriptor(pf::test::sample_descriptor());
    REQUIRE(parsed.status().message() == "");
    REQUIRE(parsed->outputs[0].shape.has_value());
    const auto& plan = *parsed->outputs[0].shape;
    CHECK(plan.shape_class == ShapeClass::machine);
    REQUIRE(plan.sources.size() == 7);
    CHECK(plan.sources[0].field == ShapeField::created);
    CHECK(plan.sources[0].path == Path{"data", "launched_at"});
    CHECK(plan.sources[0].data_key() == "launched_at");
    CHECK(plan.sources[2].field == ShapeField::memory_bytes);
    CHECK(plan.sources[2].is_gib);
    CHECK(plan.sources[3].path == Path{"data", "nics"});
    CHECK(plan.sources[3].sum == Path{"bytes"});
    CHECK(plan.sources[4].path == Path{"region_code"});
    CHECK(plan.sources[4].data_key().empty());
    CHECK(plan.sources[5].yes == Path{"ON"});
    CHECK(plan.sources[5].no == Path{"OFF", "PAUSED"});
    REQUIRE(plan.sources[6].parts.size() == 1);
    CHECK(plan.sources[6].parts[0].name == "bytes");
    CHECK(plan.sources[6].parts[0].path == Path{"size", "bytes"});
    CHECK(plan.sources[6].where == Path{"type"});
    CHECK(plan.sources[6].is == "DISK");

    const auto plain = parse_descriptor(ordered_json::parse(pf::test::sample_descriptor())
                                            .patch(ordered_json::parse(without("/outputs/0/shape")))
                                            .dump());
    REQUIRE(plain.ok());
    CHECK_FALSE(plain->outputs[0].shape.has_value());
}

TEST_CASE("a shape that cannot be charged is refused with its place") {
    const std::string fields = "/outputs/0/shape/fields/";
    const auto says = [](const std::string& patch, const std::string& text) {
        CAPTURE(patch);
        CHECK_THAT(complaint(patch), Catch::Matchers::Contains(text));
    };
    says(add(fields + "vcpu", R"("data.os.cores")"), "vcpus");
    says(add(fields + "vcpus", R"("data.oss.cores")"),
         "outputs[0].shape.fields.vcpus: there is no data key 'oss'");
    says(add(fields + "vcpus", R"("os.cores")"), "outputs[0].shape.fields.vcpus");
    says(add(fields + "vcpus", "4"), "outputs[0].shape.fields.vcpus");
    says(without(fields + "vcpus"), "a machine needs the field 'vcpus'");
    says(add(fields + "nodes", R"("data.os.nodes")"), "a machine has no such field");
    says(add(fields + "memory_bytes", R"("data.os.memory")"), "is given twice");
    says(add(fields + "created", R"("data.nics[].created")"), "created");
    says(add(fields + "on/no/-", R"("ON")"), "'ON' is in yes and in no");
    says(without(fields + "disks/bytes"), "bytes");
    says(without(fields + "disks/is"), "outputs[0].shape.fields.disks");
    says(add("/outputs/0/shape/class", R"("vm")"), "outputs[0].shape.class");
    says(without("/outputs/0/shape/class"), "class");
}
