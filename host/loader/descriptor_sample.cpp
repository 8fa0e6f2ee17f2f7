#include "host/loader/descriptor_sample.hpp"

namespace pf::test {

std::string sample_descriptor() {
    return R"json({
  "schema": "prismforet/module/1",
  "name": "vm",
  "version": "0.9.0-rc.1",
  "stability": "beta",
  "summary": "Collects virtual machines.",
  "concerns": ["pf.inventory/1"],
  "config_schema": {
    "type": "object",
    "additionalProperties": false,
    "required": ["depth"],
    "properties": {"depth": {"type": "integer", "minimum": 1}, "name": {"type": "string"},
                   "note": {"type": "string", "pattern": "^[a-z]*$"}}
  },
  "endpoints": [
    {"name": "vms", "role": "Prism Viewer",
     "v4": {"namespace": "vmm", "path": "ahv/config/vms", "id": "extId",
            "cluster": "cluster.extId", "cluster_filter": "cluster/extId eq '{cluster}'",
            "order_by": "extId", "paged": true},
     "v3": {"path": "vms/list", "kind": "vm", "id": "metadata.uuid",
            "cluster": "status.cluster_reference.uuid", "order_by": "name"},
     "counted_by": [{"lookup": "clusters", "field": "vms", "where": "kind", "is": "AHV"}]},
    {"name": "clusters", "role": "Prism Viewer",
     "v4": {"namespace": "clustermgmt", "path": "config/clusters", "id": "extId", "paged": false}},
    {"name": "hosts", "role": "Prism Viewer",
     "v4": {"namespace": "clustermgmt", "path": "config/hosts", "id": "extId"},
     "v3": {"path": "hosts/list", "kind": "host", "id": "metadata.uuid", "paged": false}}
  ],
  "lookups": [
    {"name": "clusters", "endpoint": "clusters", "fields": ["name", "network.vip", "vms", "kind"]},
    {"name": "hosts", "endpoint": "hosts", "fields": ["hostName", "cidr"],
     "v3_fields": ["status.name", "{status.ip}/{status.length}"]}],
  "outputs": [
    {"kind": "vm", "title": "AHV virtual machine", "endpoint": "vms", "scope": "cluster",
     "group": "AHV", "type": "VirtualMachine", "service_code": "AHV", "is_primary": true,
     "is_major": true, "labels": ["Compute", "Server"], "icon": "vm.svg",
     "lookups": ["hosts", "clusters"], "default": false,
     "data": {"os": {}, "nics": [], "address": "", "launched_at": null},
     "shape": {"class": "machine", "fields": {
       "created": "data.launched_at", "vcpus": "data.os.cores", "memory_gib": "data.os.memory",
       "used_bytes": "data.nics[].bytes", "cluster_name": "region_code",
       "on": {"path": "data.os.state", "yes": ["ON"], "no": ["OFF", "PAUSED"]},
       "disks": {"items": "data.nics", "where": "type", "is": "DISK", "bytes": "size.bytes"}}},
     "console": {
       "search": [{"key": "data.os.name", "name": "OS"}],
       "table": {"fields": [{"key": "name", "name": "Name", "type": "text"}],
                 "sort": {"key": "name", "desc": false}},
       "tabs": [{"name": "VM", "type": "item", "options": {"fields": []}}],
       "metrics": [{"id": "core-sum", "name": "VM Core Sum", "type": "GAUGE", "unit": "Core",
                    "value": {"operator": "sum", "key": "data.os.cores"},
                    "group_by": [{"key": "data.os.name", "name": "OS"}],
                    "filter": [{"key": "data.os.name", "value": "x", "operator": "eq"}]},
                   {"id": "created", "name": "Created VMs", "type": "COUNTER", "unit": "Count",
                    "value": {"operator": "count"}, "date_field": "created_at",
                    "version": "1.1"}]}}
  ]
}
)json";
}

}  // namespace pf::test
