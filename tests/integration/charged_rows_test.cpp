// Rows to shapes: the modules' golden rows through the modules' own descriptors, and odd rows.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/cost/shapes/row_shapes.hpp"
#include "host/cost/shapes/row_time.hpp"
#include "host/cost/shapes/shape_json.hpp"
#include "host/loader/descriptor.hpp"

namespace {

using namespace pf::host;
using cost::Shape;
using cost::ShapeField;
using nlohmann::ordered_json;

std::string file(const std::string& path) {
    std::ifstream in(std::string(PF_MODULE_SOURCES) + "/" + path);
    std::ostringstream text;
    text << in.rdbuf();
    INFO(path);
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

services::Descriptor descriptor(const std::string& module) {
    auto parsed = loader::parse_descriptor(file(module + "/descriptor.json"));
    REQUIRE(parsed.status().message() == "");
    return std::move(*parsed);
}

const services::Output& output_of(const services::Descriptor& module, const std::string& kind) {
    for (const services::Output& output : module.outputs) {
        if (output.kind == kind) {
            return output;
        }
    }
    FAIL("no output " << kind);
    throw std::logic_error(kind);
}

// A golden row, which is what a module writes, as the host makes a line of it.
std::string line_of(const services::Output& output, const ordered_json& golden) {
    ordered_json resource{{"provider", "nutanix"},
                          {"cloud_service_group", output.group},
                          {"cloud_service_type", output.type},
                          {"account", "pc-1"},
                          {"name", golden.value("name", golden.at("id").get<std::string>())},
                          {"data", golden.at("data")},
                          {"reference", {{"resource_id", golden.at("id")}}}};
    if (golden.contains("region")) {
        resource["region_code"] = golden.at("region");
    }
    return ordered_json{
        {"state", "SUCCESS"}, {"resource_type", "inventory.CloudService"}, {"resource", resource}}
        .dump();
}

// All shapes of a file of golden rows, by name.
std::map<std::string, Shape> shapes_of(const std::string& module, const std::string& kind,
                                       const std::string& path) {
    const services::Descriptor described = descriptor(module);
    cost::RowShapes rows({&described});
    std::map<std::string, Shape> shapes;
    for (const auto& golden : ordered_json::parse(file(module + "/testdata/" + path))) {
        auto shape = rows.read(line_of(output_of(described, kind), golden));
        CAPTURE(golden.dump());
        REQUIRE(shape.status().message() == "");
        REQUIRE(shape->has_value());
        shapes.emplace((*shape)->id, **shape);
    }
    return shapes;
}

// Those that cannot be charged by this row alone, and the first field that they miss.
using Missing = std::map<std::string, std::string>;
Missing incomplete(const std::map<std::string, Shape>& shapes) {
    Missing missing;
    for (const auto& [id, shape] : shapes) {
        if (const auto* field = cost::missing_field(shape)) {
            missing.emplace(id, field->name);
        }
    }
    return missing;
}

// A descriptor of one kind for odd rows.
services::Descriptor machine_descriptor() {
    ordered_json document = ordered_json::parse(file("vm/descriptor.json"));
    auto parsed = loader::parse_descriptor(document.dump());
    REQUIRE(parsed.status().message() == "");
    return std::move(*parsed);
}

const char* const machine_row = R"({"state":"SUCCESS","resource_type":"inventory.CloudService",
"resource":{"provider":"nutanix","account":"pc-1","cloud_service_group":"AHV",
"cloud_service_type":"VirtualMachine","name":"web","region_code":"r",
"data":{"compute":{"instance_state":"RUNNING","launched_at":"2026-03-02T09:15:46Z"},
"hardware":{"core":4,"memory":1.125},"os":{},"nutanix":{"gpus":[],
"owner_uuid":"00000000-0000-0000-0000-000000000000"},"disks":[{"disk_type":"VM_DISK","size":10,
"tags":{}},{"disk_type":"CDROM","size":99}],"cluster":{},"host":{},"project":{},
"categories":[{"key":"b","value":"2"},{"key":"a","value":"1"}]},
"reference":{"resource_id":"id-1"}}})";

Result<std::optional<Shape>> read_changed(const std::string& pointer, const ordered_json& value) {
    ordered_json row = ordered_json::parse(machine_row);
    row[ordered_json::json_pointer(pointer)] = value;
    const services::Descriptor module = machine_descriptor();
    return cost::RowShapes({&module}).read(row.dump());
}

}  // namespace

TEST_CASE("golden machines have everything they are charged by") {
    const auto shapes = shapes_of("vm", "vm", "rows.json");
    const Shape& web = shapes.at("9b8f8626-ae01-40a3-a38d-6d4c2cc3254c");
    CHECK(web.kind == "vm");
    CHECK(web.product == "AHV");
    CHECK(web.account == "pc-1");
    CHECK(web.name == "web-01");
    CHECK(web.region == "00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(web.number(ShapeField::vcpus) == 8);
    CHECK(web.number(ShapeField::memory_bytes) == std::int64_t{16} << 30);
    CHECK(web.number(ShapeField::on) == 1);
    CHECK(web.number(ShapeField::created) == 1772442946);
    CHECK(web.text(ShapeField::cluster) == "00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(web.text(ShapeField::cluster_name) == "cluster-a");
    CHECK(web.text(ShapeField::project) == "default");
    CHECK(web.text(ShapeField::os) == "Ubuntu 22.04.5 LTS");
    CHECK(web.text(ShapeField::host) == "2c68cbb6-07db-4458-84cd-56711342d7b4");
    // Neither the CD-ROM nor the volume group, which is charged itself.
    REQUIRE(web.disks.size() == 2);
    CHECK(web.disks[0] == cost::ShapeDisk{53687091200, "39aa2a82-6af6-427f-844c-6ce7bf495587",
                                          "default-container-1"});
    REQUIRE(web.gpus.size() == 1);
    CHECK(web.gpus[0] == cost::ShapeGpu{"NVIDIA A16-4Q", "VIRTUAL", 4294967296, -1});
    REQUIRE(web.categories.size() == 2);
    CHECK(web.categories[0] == cost::ShapeCategory{"AppTier", "Web"});
    CHECK(shapes.at("9142ae8e-5b56-4f28-81eb-a146fb847183").number(ShapeField::on) == 0);

    // Machines of which Prism shows no state, or a disk without its size.
    CHECK(incomplete(shapes) == Missing{{"00000000-0000-4000-8000-000000000001", "on"},
                                        {"00000000-0000-4000-8000-000000000002", "disks"},
                                        {"00000000-0000-4000-8000-000000000003", "on"}});
    const auto esxi = shapes_of("vm", "esxi_vm", "esxi_vm/rows.json");
    CHECK(incomplete(esxi).empty());
    CHECK(esxi.begin()->second.number(ShapeField::created) == Shape::none);
}

TEST_CASE("golden rows of all other charged kinds have everything they are charged by") {
    CHECK(incomplete(shapes_of("vm", "recovery_point", "recovery_point/rows.json")).empty());
    CHECK(incomplete(shapes_of("cluster", "cluster", "cluster_rows.json")).empty());
    // A node that is in no cluster yet.
    CHECK(incomplete(shapes_of("cluster", "host", "host_rows.json")) ==
          Missing{{"00000000-0000-4000-8000-000000000501", "cluster"}});
    CHECK(incomplete(shapes_of("storage", "storage_container", "rows_storage_container.json"))
              .empty());
    CHECK(incomplete(shapes_of("storage", "volume_group", "rows_volume_group.json")).empty());
    CHECK(incomplete(shapes_of("network", "floating_ip", "rows_floating_ip.json")).empty());

    const auto host =
        shapes_of("cluster", "host", "host_rows.json").at("2c68cbb6-07db-4458-84cd-56711342d7b4");
    CHECK(host.number(ShapeField::cores) == 40);
    CHECK(host.number(ShapeField::raw_bytes) == 6001175126016 + 1800937370625);
    CHECK(host.text(ShapeField::cluster) == "00061f7f-44f7-19dc-0000-000000000a01");
    const auto cluster = shapes_of("cluster", "cluster", "cluster_rows.json")
                             .at("00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(cluster.number(ShapeField::nodes) == 2);
    CHECK(cluster.number(ShapeField::replication_factor) == 2);
    const auto containers =
        shapes_of("storage", "storage_container", "rows_storage_container.json");
    const Shape& container = containers.at("39aa2a82-6af6-427f-844c-6ce7bf495587");
    CHECK(container.number(ShapeField::used_bytes) == 124143305736);
    CHECK(container.unknown == 0);
    // Its statistics could not be read: not known is not none.
    CHECK(containers.at("e560fdb2-3dc4-4e36-bf48-df28f0c06dc7").unknown ==
          services::bit_of(ShapeField::used_bytes));
    const auto group = shapes_of("storage", "volume_group", "rows_volume_group.json")
                           .at("86541531-2fc0-4913-a519-5a1b5e896217");
    CHECK(group.disks.size() == 2);
    CHECK(group.number(ShapeField::flash) == 0);
    CHECK(group.text(ShapeField::owner) == "admin");
    const auto point = shapes_of("vm", "recovery_point", "recovery_point/rows.json")
                           .at("8f8596cc-e92e-4c5f-8c8f-9cedfc5ff6c8");
    CHECK(point.number(ShapeField::snapshot_bytes) == 1073741824);
    CHECK(point.text(ShapeField::machine) == "9b8f8626-ae01-40a3-a38d-6d4c2cc3254c");
}

TEST_CASE("what a row does not tell is unknown, what it tells to be none is none") {
    const auto plain = read_changed("/state", "SUCCESS");
    REQUIRE(plain.status().message() == "");
    const Shape& shape = **plain;
    CHECK(shape.unknown == 0);
    CHECK(shape.number(ShapeField::memory_bytes) == 1207959552);
    CHECK(shape.text(ShapeField::owner).empty());
    CHECK(shape.text(ShapeField::cluster).empty());
    REQUIRE(shape.disks.size() == 1);
    CHECK(shape.disks[0].bytes == 10);
    CHECK(shape.categories[0].key == "a");

    ordered_json row = ordered_json::parse(machine_row);
    row["resource"]["data"].erase("disks");
    row["resource"]["data"].erase("project");
    row["resource"]["data"]["hardware"].erase("core");
    row["resource"]["data"]["compute"]["instance_state"] = "PENDING";
    const services::Descriptor module = machine_descriptor();
    const auto odd = cost::RowShapes({&module}).read(row.dump());
    REQUIRE(odd.status().message() == "");
    using services::bit_of;
    CHECK((*odd)->unknown == (bit_of(ShapeField::disks) | bit_of(ShapeField::project) |
                              bit_of(ShapeField::vcpus) | bit_of(ShapeField::on)));
    CHECK(cost::missing_field(**odd)->name == "on");
    Shape filled = **odd;
    cost::fill_unknown(filled, shape);
    CHECK(filled == shape);
}

TEST_CASE("what is not charged is no shape") {
    CHECK_FALSE(read_changed("/state", "FAILURE")->has_value());
    CHECK_FALSE(read_changed("/resource_type", "inventory.Region")->has_value());
    CHECK_FALSE(read_changed("/resource/cloud_service_type", "Image")->has_value());
    const services::Descriptor module = machine_descriptor();
    CHECK(cost::RowShapes({&module}).kinds() ==
          std::map<std::string, std::string>{
              {"vm", "AHV"}, {"esxi_vm", "ESXi"}, {"recovery_point", "AHV"}});
}

TEST_CASE("what cannot be read is an error that names it") {
    const auto says = [](const std::string& pointer, const ordered_json& value,
                         const std::string& text) {
        const auto read = read_changed(pointer, value);
        CAPTURE(pointer, value.dump());
        REQUIRE_FALSE(read.ok());
        CHECK(read.status().reason() == "ERROR_SHAPE_ROW");
        CHECK_THAT(read.status().message(), Catch::Contains(text));
    };
    const std::string data = "/resource/data";
    says(data + "/hardware/core", -1, "the field vcpus");
    says(data + "/hardware/core", 1.5, "the field vcpus");
    says(data + "/hardware/core", "4", "vm id-1");
    says(data + "/hardware/memory", -0.5, "the field memory_bytes");
    says(data + "/hardware/memory", 1e300, "the field memory_bytes");
    says(data + "/compute/launched_at", "yesterday", "no time: 'yesterday'");
    says(data + "/disks", ordered_json::object(), "the field disks");
    says(data + "/disks/0/size", -10, "the field disks");
    says(data + "/os", {{"details", 7}}, "the field os");
    says("/resource/reference/resource_id", "", "no reference.resource_id");
    const services::Descriptor module = machine_descriptor();
    CHECK(cost::RowShapes({&module}).read("{").status().reason() == "ERROR_SHAPE_ROW");
}

TEST_CASE("times of rows") {
    CHECK(cost::seconds_of("1970-01-01T00:00:00Z") == 0);
    CHECK(cost::seconds_of("2026-03-02T09:15:46Z") == 1772442946);
    CHECK(cost::seconds_of("2026-03-02T09:15:46.999999Z") == 1772442946);
    CHECK(cost::seconds_of("2026-03-02T10:15:46+01:00") == 1772442946);
    CHECK(cost::seconds_of("2026-03-02T03:45:46.5-05:30") == 1772442946);
    CHECK(cost::seconds_of("2024-02-29T00:00:00Z") == 1709164800);
    for (const char* text :
         {"", "2026-03-02", "2026-03-02T09:15:46", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
          "2026-03-02T25:00:00Z", "2026-03-02T09:15:46.Z", "2026-03-02T09:15:46Zx",
          "1969-12-31T23:59:59Z", "2026-03-02T09:15:46+0100", "+026-03-02T09:15:46Z",
          "2026-03-02T09:15:4"}) {
        CAPTURE(text);
        CHECK_FALSE(cost::seconds_of(text).has_value());
    }
}

TEST_CASE("a shape as modules read it") {
    Shape shape = **read_changed("/state", "SUCCESS");
    REQUIRE(cost::assume(shape, {1772400000, 1772500000}, 1772480000));
    CHECK(cost::shape_json(shape) ==
          R"({"id":"id-1","kind":"vm","class":"machine","name":"web","product":"AHV","region":"r",)"
          R"("on":true,"vcpus":4,"memory_bytes":1207959552,"disks":[{"bytes":10}],)"
          R"("categories":[{"key":"a","value":"1"},{"key":"b","value":"2"}],)"
          R"("from":1772442946,"to":1772480000,"basis":"assumed"})");
    services::Document document;
    const auto back = cost::shape_of_facts(cost::facts_json(shape), document);
    REQUIRE(back.ok());
    Shape same = *back;
    same.id = shape.id;
    same.account = shape.account;
    same.from = shape.from;
    same.to = shape.to;
    CHECK(same == shape);
    for (const char* odd :
         {"", "{}", "[]", R"({"class":"machine","vcpus":"4"})", R"({"class":"machine","vcpus":-4})",
          R"({"class":"machine","disks":{}})", R"({"class":"x"})"}) {
        CAPTURE(odd);
        CHECK(cost::shape_of_facts(odd, document).status().reason() == "ERROR_SHAPE_FACTS");
    }
}

TEST_CASE("what is assumed of a resource of which only the present is known") {
    Shape shape;
    shape.number(ShapeField::created) = 500;
    CHECK(cost::assume(shape, {100, 1000}, 800));
    CHECK(shape.from == 500);
    CHECK(shape.to == 800);
    CHECK(shape.basis == cost::Basis::assumed);
    CHECK(cost::assume(shape, {600, 700}, 800));
    CHECK(shape.from == 600);
    CHECK(shape.to == 700);
    CHECK_FALSE(cost::assume(shape, {100, 500}, 800));
    CHECK_FALSE(cost::assume(shape, {100, 1000}, 500));
    shape.number(ShapeField::created) = Shape::none;
    CHECK(cost::assume(shape, {100, 1000}, 800));
    CHECK(shape.from == 100);
}
