#include "tests/row_check/clean_run.hpp"

#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

constexpr const char* vm_text = R"({
  "state": 4, "resource_type": "inventory.CloudService",
  "match_rules": {"1": ["reference.resource_id", "provider", "cloud_service_type",
                        "cloud_service_group", "account"]},
  "resource": {
    "name": "web-1", "provider": "nutanix", "cloud_service_group": "AHV",
    "cloud_service_type": "VirtualMachine", "account": "pc-1", "region_code": "cluster-1",
    "instance_type": "4 vCPU / 16 GB", "instance_size": 4,
    "ip_addresses": ["10.0.0.1", "fd00::1"], "tags": {"Environment.Stage": "test"},
    "reference": {"resource_id": "vm-1", "external_link": "https://pc:9440/console/#vm-1"},
    "metadata": {"view": {"sub_data": {"reference": {
      "resource_type": "inventory.CloudServiceType",
      "options": {"provider": "nutanix", "cloud_service_group": "AHV",
                  "cloud_service_type": "VirtualMachine"}}}}},
    "data": {
      "compute": {"instance_state": "RUNNING", "launched_at": "2024-01-01T00:00:00Z"},
      "hardware": {"core": 4, "memory": 16.5},
      "disks": [{"device": "scsi.0", "size": 9007199254740992}],
      "nics": [], "primary_ip_address": "10.0.0.1", "project": null}}})";

constexpr const char* type_text = R"({
  "state": 4, "resource_type": "inventory.CloudServiceType",
  "match_rules": {"1": ["name", "group", "provider"]},
  "resource": {
    "name": "VirtualMachine", "group": "AHV", "provider": "nutanix", "service_code": "AHV",
    "is_primary": true, "is_major": true, "resource_type": "inventory.CloudService",
    "labels": ["Compute", "Server"], "tags": {"spaceone:icon": "https://example.com/vm.svg"},
    "metadata": {
      "view": {
        "search": [
          {"key": "name", "name": "Name"},
          {"key": "data.hardware.core", "name": "Cores", "data_type": "integer"},
          {"key": "region_code", "name": "Cluster", "reference": "inventory.Region"},
          {"key": "data.compute.instance_state", "name": "State", "enums": {
            "RUNNING": {"label": "Running", "icon": {"color": "green.500"}}}}],
        "table": {"layout": {"name": "Main Table", "type": "query-search-table", "options": {
          "default_sort": {"key": "name", "desc": false},
          "fields": [
            {"key": "name", "name": "Name"},
            {"key": "data.compute.instance_state", "name": "State", "type": "enum", "options": {
              "items": {"RUNNING": {"type": "state", "name": "Running",
                                    "options": {"icon": {"color": "green.500"}}},
                        "STOPPED": {"type": "badge",
                                    "options": {"background_color": "red", "shape": "ROUND"}}}}},
            {"key": "data.compute.launched_at", "name": "Created", "type": "datetime",
             "options": {"source_type": "iso8601", "is_optional": true}},
            {"key": "data.disks.size", "name": "Size", "type": "size",
             "options": {"source_unit": "BYTES", "display_unit": "GB"}},
            {"key": "ip_addresses", "name": "IP", "type": "list",
             "options": {"item": {"type": "badge"}, "delimiter": " "}},
            {"key": "data.disks", "name": "Disks", "type": "more", "options": {"sub_key": "device",
              "layout": {"name": "Disks", "type": "popup", "options": {"layout":
                {"name": "Disks", "type": "simple-table", "options": {
                  "root_path": "data.disks", "fields": [{"key": "device", "name": "Device"}]}}}}}},
            {"key": "data.hardware", "name": "Hardware", "type": "dict",
             "reference": {"resource_type": "inventory.CloudService",
                           "reference_key": "reference.resource_id"}}]}}},
        "sub_data": {"layouts": [
          {"name": "Base", "type": "item", "options": {"root_path": "data.compute",
            "fields": [{"key": "instance_state", "name": "State", "type": "enum", "options": {
              "RUNNING": {"type": "badge"}}}]}},
          {"name": "Group", "type": "list", "options": {"layouts": [
            {"name": "Disks", "type": "table", "options": {"root_path": "data.disks",
              "fields": [{"key": "device", "name": "Device"}]}},
            {"name": "NICs", "type": "simple-table", "options": {"root_path": "data.nics",
              "fields": [{"key": "mac_address", "name": "MAC"}]}}]}},
          {"name": "Help", "type": "markdown", "options": {"markdown": {"en": "Text"}}},
          {"name": "Raw", "type": "raw", "options": {"root_path": "data"}}]},
        "widget": [{"name": "Count", "type": "card", "options": {}, "query": {
          "aggregate": [{"count": {"name": "value"}}],
          "filter": [{"key": "provider", "value": "nutanix", "operator": "eq"},
                     {"key": "cloud_service_group", "value": "AHV", "operator": "eq"},
                     {"key": "cloud_service_type", "value": "VirtualMachine",
                      "operator": "eq"}]}}]},
      "query_sets": [{"name": "Cores", "query_options": {"fields": {}}}]}}})";

constexpr const char* region_text = R"({
  "state": 4, "resource_type": "inventory.Region",
  "match_rules": {"1": ["region_code", "provider"]},
  "resource": {"name": "Cluster one", "region_code": "cluster-1", "provider": "nutanix",
    "tags": {"latitude": "50.1", "longitude": "-8.6", "continent": "europe"}}})";

constexpr const char* namespace_text = R"({
  "state": 4, "resource_type": "inventory.Namespace", "match_rules": {},
  "resource": {"namespace_id": "ns-nutanix-ahv-vm", "name": "AHV/VirtualMachine",
    "category": "ASSET", "resource_type": "inventory.CloudService:nutanix.AHV.VirtualMachine",
    "group": "nutanix", "icon": "https://example.com/vm.svg", "tags": {}, "version": "1.0"}})";

constexpr const char* metric_text = R"({
  "state": 4, "resource_type": "inventory.Metric",
  "resource": {"metric_id": "metric-nutanix-ahv-vm-core", "name": "VM cores",
    "metric_type": "GAUGE", "resource_type": "inventory.CloudService:nutanix.AHV.VirtualMachine",
    "query_options": {
      "group_by": ["account", {"key": "region_code", "name": "Region", "reference": {
        "resource_type": "inventory.Region", "reference_key": "region_code"}}],
      "filter": [{"key": "ref_cloud_service_type.is_primary", "value": true, "operator": "eq"}],
      "fields": {"value": {"operator": "sum", "key": "data.hardware.core"}}},
    "unit": "Core", "namespace_id": "ns-nutanix-ahv-vm", "version": "1.0", "tags": {}}})";

constexpr const char* failure_text = R"({
  "state": 5, "message": "disks could not be listed", "resource_type": "inventory.ErrorResource",
  "resource": {"provider": "nutanix", "cloud_service_group": "Cluster",
    "cloud_service_type": "Disk", "resource_type": "inventory.CloudService",
    "resource_id": "disk-1"}})";

}  // namespace

CleanRun make_clean_run() {
    CleanRun run;
    run.vm = json::parse(vm_text);
    run.type = json::parse(type_text);
    run.region = json::parse(region_text);
    run.name_space = json::parse(namespace_text);
    run.metric = json::parse(metric_text);
    run.failure = json::parse(failure_text);
    run.text_vm = run.vm;
    json& resource = run.text_vm["resource"];
    resource["reference"]["resource_id"] = "vm-2";
    resource["tags"] = json::array({{{"key", "a.b"}, {"value", "1"}}});
    resource["json_data"] = resource["data"].dump();
    resource["json_metadata"] = resource["metadata"].dump();
    resource.erase("data");
    resource.erase("metadata");
    return run;
}

std::vector<std::string> CleanRun::bytes() const {
    std::vector<std::string> rows;
    for (const json* row : {&vm, &text_vm, &type, &region, &name_space, &metric, &failure}) {
        rows.push_back(encode_resource_info(*row));
    }
    rows.insert(rows.end(), raw.begin(), raw.end());
    return rows;
}

}  // namespace pf::test
