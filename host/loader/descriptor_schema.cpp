#include "host/loader/descriptor.hpp"

namespace pf::host::loader {
namespace {

// Objects are closed, so that a misspelt key is found and not silently ignored. What relates two
// places of the document is checked in descriptor_rules.cpp.
constexpr const char* schema_text = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "prismforet/module/1",
  "description": "What a module of prismforet reads from Nutanix Prism and what it makes of it.",
  "type": "object",
  "additionalProperties": false,
  "required": ["schema", "name", "version", "stability", "summary", "concerns", "endpoints", "outputs"],
  "properties": {
    "schema": {"description": "the id of this format", "enum": ["prismforet/module/1"]},
    "name": {"description": "the library's name without .so: a-z, 0-9 and _, starting with a letter",
             "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
    "version": {"description": "the module's semantic version, e.g. 1.2.3",
                "type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$"},
    "stability": {"description": "how much may still change",
                  "enum": ["development", "alpha", "beta", "stable", "deprecated"]},
    "summary": {"description": "one sentence for people", "type": "string", "minLength": 1},
    "concerns": {"description": "ids of the tables create registers, e.g. pf.inventory/1",
                 "type": "array", "minItems": 1, "uniqueItems": true,
                 "items": {"description": "an id such as pf.inventory/1", "type": "string"}},
    "config_schema": {"description": "JSON Schema (draft 7, without $ref) of the module's configuration",
                      "type": "object"},
    "endpoints": {
      "description": "everything the module may read; nothing else is readable",
      "type": "array", "maxItems": 256,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["name", "role"],
        "properties": {
          "name": {"description": "a name: a-z, 0-9 and _, starting with a letter",
                   "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
          "role": {"description": "the least Prism role that may read it, e.g. Prism Viewer",
                   "type": "string", "minLength": 1, "maxLength": 255},
          "v4": {
            "description": "GET /api/<namespace>/v4.<n>/<path>",
            "type": "object", "additionalProperties": false, "required": ["namespace", "path", "id"],
            "properties": {
              "namespace": {"description": "an API namespace, e.g. vmm",
                            "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 64},
              "path": {"description": "segments of letters, digits, _ and - joined by /, e.g. ahv/config/vms; one may be {parent}, and one before it {cluster}, for pf.statistics/1",
                       "type": "string", "pattern": "^[A-Za-z0-9_-]+(/([A-Za-z0-9_-]+|\\{parent\\}|\\{cluster\\}))*$"},
              "id": {"description": "dotted path to an item's id, e.g. extId",
                     "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$"},
              "cluster": {"description": "dotted path to the UUID of an item's cluster, e.g. cluster.extId",
                          "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$"},
              "cluster_filter": {"description": "OData filter with {cluster} in the place of the UUID",
                                 "type": "string", "minLength": 1},
              "order_by": {"description": "value of $orderby", "type": "string", "minLength": 1},
              "paged": {"description": "false when the API answers everything at once",
                        "type": "boolean"},
              "stats": {
                "description": "it answers statistics of {parent}, one object, over a span of time",
                "type": "object", "additionalProperties": false,
                "required": ["minutes", "interval", "select"],
                "properties": {
                  "minutes": {"description": "how long the span is", "type": "integer",
                              "minimum": 5, "maximum": 1440},
                  "interval": {"description": "seconds between two values", "type": "integer",
                               "minimum": 30, "maximum": 86400},
                  "select": {"description": "names of the metrics", "type": "array",
                             "minItems": 1, "maxItems": 64, "uniqueItems": true,
                             "items": {"type": "string", "pattern": "^[A-Za-z0-9]+$",
                                       "maxLength": 128}}
                }
              }
            }
          },
          "v3": {
            "description": "POST /api/nutanix/v3/<path>",
            "type": "object", "additionalProperties": false, "required": ["path", "kind", "id"],
            "properties": {
              "path": {"description": "segments of letters, digits, _ and - joined by /, e.g. vms/list; one may be {parent}; groups for the columnar query",
                       "type": "string", "pattern": "^[A-Za-z0-9_-]+(/([A-Za-z0-9_-]+|\\{parent\\}))*$"},
              "kind": {"description": "the kind in the request, e.g. vm",
                       "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
              "id": {"description": "dotted path to an item's id, e.g. metadata.uuid",
                     "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$"},
              "cluster": {"description": "dotted path to the UUID of an item's cluster",
                          "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$"},
              "order_by": {"description": "value of sort_attribute: letters, digits and _",
                           "type": "string", "pattern": "^[A-Za-z0-9_]+$", "maxLength": 64},
              "attributes": {"description": "columns to ask groups for, e.g. container_name",
                             "type": "array", "minItems": 1, "maxItems": 64, "uniqueItems": true,
                             "items": {"type": "string", "pattern": "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$",
                                       "maxLength": 128}},
              "paged": {"description": "false when the API answers everything at once",
                        "type": "boolean"}
            }
          },
          "counted_by": {
            "description": "look-ups whose numbers add up to what the list should bring",
            "type": "array", "maxItems": 8,
            "items": {
              "type": "object", "additionalProperties": false, "required": ["lookup", "field"],
              "properties": {
                "lookup": {"description": "the name of a look-up", "type": "string"},
                "field": {"description": "one of its fields: a number", "type": "string"},
                "where": {"description": "one of its fields: only rows in which it is `is` count",
                          "type": "string"},
                "is": {"description": "the text that `where` must be", "type": "string"}
              }
            }
          }
        }
      }
    },
    "lookups": {
      "description": "tables from id to texts, filled by one list and shared by all runs",
      "type": "array", "maxItems": 256,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["name", "endpoint"],
        "properties": {
          "name": {"description": "a name: a-z, 0-9 and _, starting with a letter",
                   "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
          "endpoint": {"description": "the name of an endpoint", "type": "string"},
          "fields": {"description": "dotted paths to texts inside an item of v4, or texts with paths in braces",
                     "type": "array", "minItems": 1, "maxItems": 64,
                     "items": {"description": "a dotted path, e.g. network.name, or {ip}/{length}; empty: v4 does not know it",
                               "type": "string", "maxLength": 1024}},
          "v3_fields": {"description": "the same texts in an item of v3, in the same order",
                        "type": "array", "minItems": 1, "maxItems": 64,
                        "items": {"description": "a dotted path, e.g. status.name, or {ip}/{length}; empty: v3 does not know it",
                                  "type": "string", "maxLength": 1024}}
        }
      }
    },
    "outputs": {
      "description": "the resource types the module makes; empty without pf.inventory/1",
      "type": "array", "maxItems": 256,
      "items": {
        "type": "object", "additionalProperties": false,
        "required": ["kind", "title", "endpoint", "group", "type", "data"],
        "properties": {
          "kind": {"description": "the word in options and on the command line: a-z, 0-9 and _",
                   "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
          "title": {"description": "what people call it", "type": "string",
                    "minLength": 1, "maxLength": 255},
          "endpoint": {"description": "the name of the endpoint whose items it is made of",
                       "type": "string"},
          "scope": {"description": "cluster: tasks may be split by cluster; target: they may not",
                    "enum": ["cluster", "target"]},
          "group": {"description": "cloud_service_group, without a dot",
                    "type": "string", "pattern": "^[^.]+$", "maxLength": 255},
          "type": {"description": "cloud_service_type, without a dot",
                   "type": "string", "pattern": "^[^.]+$", "maxLength": 255},
          "service_code": {"description": "links products in cost views", "type": "string",
                           "maxLength": 255},
          "is_primary": {"description": "shown among the provider's main services",
                         "type": "boolean"},
          "is_major": {"description": "an important type of its group", "type": "boolean"},
          "labels": {"description": "e.g. Compute, Server, Storage, Network",
                     "type": "array", "maxItems": 64, "uniqueItems": true,
                     "items": {"type": "string", "minLength": 1, "maxLength": 255}},
          "icon": {"description": "file name of the icon, e.g. vm.svg",
                   "type": "string", "pattern": "^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$",
                   "maxLength": 255},
          "lookups": {"description": "the look-ups its handler opens: the host fills them side by side",
                      "type": "array", "maxItems": 256, "uniqueItems": true,
                      "items": {"description": "the name of a look-up", "type": "string"}},
          "default": {"description": "false: collected only when the option kinds names it; for kinds that come with a later version",
                      "type": "boolean"},
          "data": {
            "description": "1 to 64 data keys, each with its empty form: {}, [], an empty text or null",
            "type": "object", "minProperties": 1, "maxProperties": 64,
            "additionalProperties": {"enum": [{}, [], "", null]}
          },
          "shape": {
            "description": "how it is charged; without it, it is not",
            "type": "object", "additionalProperties": false, "required": ["class", "fields"],
            "properties": {
              "class": {"description": "what is charged",
                        "enum": ["machine", "cluster", "host", "volume_group", "recovery_point",
                                 "floating_ip", "storage_container"]},
              "fields": {
                "description": "where each fact stands: name, region_code or data.KEY...; of a number also the sum over a list, e.g. data.disks[].size",
                "type": "object", "additionalProperties": false,
                "properties": {
                  "cluster": {"description": "UUID of the cluster",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "cluster_name": {"description": "its name",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "project": {"description": "name of the project",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "owner": {"description": "name, else UUID, of the owner",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "machine": {"description": "of a recovery point: UUID of its machine",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "os": {"description": "name of the guest system",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "host": {"description": "UUID of the host it runs on",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "created": {"description": "RFC 3339: it exists since",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "on": {
                    "description": "whether it runs, as its state says; other states say nothing",
                    "type": "object", "additionalProperties": false, "required": ["path", "yes", "no"],
                    "properties": {
                      "path": {"description": "path of the state",
                        "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                      "yes": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                      "no": {"type": "array", "minItems": 1, "items": {"type": "string"}}}},
                  "flash": {"description": "boolean: it stays on flash",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                  "vcpus": {"description": "virtual processors",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "cores": {"description": "cores",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "nodes": {"description": "nodes of a cluster",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "replication_factor": {"description": "copies of each byte",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "memory_bytes": {"description": "memory",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "memory_gib": {"description": "memory in GiB, instead of memory_bytes",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "used_bytes": {"description": "what is stored",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "snapshot_bytes": {"description": "what snapshots hold",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "raw_bytes": {"description": "bytes of the disks built in",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "capacity_bytes": {"description": "what fits in",
                    "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+(\\[\\](\\.[^.\\[\\]]+)+)?)$", "maxLength": 1024},
                  "disks": {
                    "description": "provisioned disks",
                    "type": "object", "additionalProperties": false, "required": ["items", "bytes"],
                    "dependencies": {"where": ["is"], "is": ["where"]},
                    "properties": {
                      "items": {"description": "path of the list",
                        "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                      "where": {"description": "only elements in which this...",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "is": {"description": "...is this text", "type": "string"},
                      "bytes": {"description": "size",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "container": {"description": "UUID of the storage container",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "container_name": {"description": "its name",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024}}},
                  "gpus": {
                    "description": "GPUs given to it",
                    "type": "object", "additionalProperties": false, "required": ["items", "model"],
                    "dependencies": {"where": ["is"], "is": ["where"]},
                    "properties": {
                      "items": {"description": "path of the list",
                        "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                      "where": {"description": "only elements in which this...",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "is": {"description": "...is this text", "type": "string"},
                      "model": {"description": "name",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "mode": {"description": "e.g. VIRTUAL",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "profile_bytes": {"description": "memory of the profile",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "card_bytes": {"description": "memory of the card",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024}}},
                  "categories": {
                    "description": "what it is tagged with",
                    "type": "object", "additionalProperties": false, "required": ["items", "key", "value"],
                    "dependencies": {"where": ["is"], "is": ["where"]},
                    "properties": {
                      "items": {"description": "path of the list",
                        "type": "string", "pattern": "^(name|region_code|data(\\.[^.\\[\\]]+)+)$", "maxLength": 1024},
                      "where": {"description": "only elements in which this...",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "is": {"description": "...is this text", "type": "string"},
                      "key": {"description": "key",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024},
                      "value": {"description": "value",
                        "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "maxLength": 1024}}}
                }
              }
            }
          },
          "console": {
            "description": "how CloudForet's console shows it",
            "type": "object", "additionalProperties": false,
            "properties": {
              "search": {"description": "entries of view.search", "type": "array",
                         "items": {"type": "object"}},
              "table": {
                "description": "the list's columns and order",
                "type": "object", "additionalProperties": false, "required": ["fields"],
                "properties": {
                  "fields": {"description": "dynamic fields", "type": "array",
                             "minItems": 1, "items": {"type": "object"}},
                  "sort": {
                    "description": "the order the list opens with",
                    "type": "object", "additionalProperties": false, "required": ["key"],
                    "properties": {"key": {"type": "string", "minLength": 1},
                                   "desc": {"type": "boolean"}}
                  }
                }
              },
              "tabs": {"description": "dynamic layouts of the details", "type": "array",
                       "items": {"type": "object"}},
              "metrics": {
                "description": "what CloudForet computes of the stored resources",
                "type": "array", "maxItems": 64,
                "items": {
                  "type": "object", "additionalProperties": false,
                  "required": ["id", "name", "type", "unit", "value"],
                  "properties": {
                    "id": {"description": "unique in the kind: a-z, 0-9 and -, starting with a letter",
                           "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 32},
                    "name": {"description": "what people call it", "type": "string",
                             "minLength": 1, "maxLength": 80},
                    "type": {"description": "GAUGE: of all resources; COUNTER: of those whose date_field lies in the last day",
                             "enum": ["GAUGE", "COUNTER"]},
                    "unit": {"description": "e.g. Count, Core, GB, Bytes", "type": "string",
                             "minLength": 1, "maxLength": 40},
                    "value": {
                      "description": "what is computed",
                      "type": "object", "additionalProperties": false, "required": ["operator"],
                      "properties": {
                        "operator": {"enum": ["count", "sum", "average", "min", "max"]},
                        "key": {"description": "dotted path to a number, e.g. data.hardware.core",
                                "type": "string", "minLength": 1}}},
                    "group_by": {
                      "description": "in what it is divided, besides region and account",
                      "type": "array", "maxItems": 16,
                      "items": {
                        "type": "object", "additionalProperties": false, "required": ["key", "name"],
                        "properties": {
                          "key": {"description": "dotted path", "type": "string", "minLength": 1},
                          "name": {"type": "string", "minLength": 1, "maxLength": 80},
                          "default": {"description": "divided by it from the start",
                                      "type": "boolean"}}}},
                    "filter": {
                      "description": "only resources for which all of these hold",
                      "type": "array", "maxItems": 16,
                      "items": {
                        "type": "object", "additionalProperties": false,
                        "required": ["key", "value", "operator"],
                        "properties": {"key": {"type": "string", "minLength": 1}, "value": {},
                                       "operator": {"type": "string", "minLength": 1}}}},
                    "unwind": {
                      "description": "the list whose elements count instead of the resource",
                      "type": "object", "additionalProperties": false, "required": ["path"],
                      "properties": {"path": {"type": "string", "minLength": 1}}},
                    "date_field": {"description": "of a COUNTER", "enum": ["created_at"]},
                    "version": {"description": "a change makes CloudForet take the metric over",
                                "type": "string", "minLength": 1, "maxLength": 40}
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
)json";

}  // namespace

std::string descriptor_schema() { return schema_text; }

}  // namespace pf::host::loader
