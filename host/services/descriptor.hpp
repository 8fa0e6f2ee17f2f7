// Descriptor: what a module declares about itself, parsed and checked by the loader.
//
// Plain values, immutable after loading, shared by all calls of the module. Indexes used by the
// ABI (endpoint, look-up, output) are positions in these vectors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/services/shape_plan.hpp"

namespace pf::host::services {

// Statistics over a span of time that ends a few minutes ago, since Prism Central copies them from
// its clusters now and then.
struct StatsWindow {
    std::uint32_t minutes = 0;  // long
    std::uint32_t interval_s = 0;
    std::vector<std::string> select;  // names of the metrics
    bool operator==(const StatsWindow&) const = default;
};

// An endpoint as API generation 4 has it: /api/<api_namespace>/v4.<n>/<path>
struct EndpointV4 {
    std::string api_namespace;         // "vmm"
    std::string path;                  // "ahv/config/vms"; may hold {parent} once, and {cluster}
    std::vector<std::string> id;       // path to the id inside an item: {"extId"}
    std::vector<std::string> cluster;  // path to the cluster's UUID inside an item; may be empty
    std::string cluster_filter;        // OData with {cluster}; empty = cannot be filtered
    bool is_paged = true;              // false: the API answers everything at once
    std::string order_by;              // $orderby; empty = none
    // Not a list but one entity: the statistics of the parent.
    std::optional<StatsWindow> stats{};
};

// An endpoint as API generation 3 has it: POST /api/nutanix/v3/<path>
struct EndpointV3 {
    std::string path;             // "vms/list"; may hold {parent} once
    std::string kind;             // "vm"
    std::vector<std::string> id;  // {"metadata", "uuid"}
    std::vector<std::string> cluster;
    bool is_paged = true;
    std::string order_by;  // sort_attribute; empty = none
    // Columns of POST groups, which is asked instead of a list; empty: a list.
    std::vector<std::string> attributes{};
};

// Where Prism counts the same entities itself: the sum of a look-up's numbers.
struct CountedBy {
    std::uint32_t lookup = 0;
    std::uint32_t field = 0;             // of the look-up: the number
    std::optional<std::uint32_t> where;  // of the look-up: only rows in which this field...
    std::string is;                      // ...is this
};

struct Endpoint {
    std::string name;  // unique in the module
    std::string role;  // Prism role that may read it, for messages
    std::optional<EndpointV4> v4;
    std::optional<EndpointV3> v3;
    std::vector<CountedBy> counted_by;

    // Its lists are those of one entity each, named when a list is opened.
    bool has_parent() const noexcept {
        return (v4 && v4->path.find(parent_mark) != std::string::npos) ||
               (v3 && v3->path.find(parent_mark) != std::string::npos);
    }
    static constexpr std::string_view parent_mark = "{parent}";
    // In the path of statistics: the cluster of the parent.
    static constexpr std::string_view cluster_mark = "{cluster}";
};

// A text that a look-up keeps of each item: parts end to end, each a path inside the item or a text
// as it is. Without parts: this generation of the API does not know it.
struct LookupField {
    struct Part {
        std::string text;
        std::vector<std::string> path;  // empty: `text` as it is
        bool operator==(const Part&) const = default;
    };
    std::vector<Part> parts;
    bool operator==(const LookupField&) const = default;
};

struct Lookup {
    std::string name;
    std::uint32_t endpoint = 0;
    std::vector<LookupField> fields;
    std::vector<LookupField> v3_fields;  // as many, when the endpoint has a form of v3
};

// How a data key looks when there is nothing: {}, [], "" or null.
enum class EmptyForm : std::uint8_t { object, array, text, null };

struct DataKey {
    std::string name;
    EmptyForm empty = EmptyForm::object;
};

// What CloudForet computes of the stored resources of a kind.
struct Metric {
    std::string id;    // unique in the kind: "core-sum"
    std::string name;  // for people, at most 80 characters
    std::string type;  // GAUGE or COUNTER
    std::string unit;
    std::string date_field;     // of a COUNTER; empty = CloudForet's default
    std::string version;        // a new text makes CloudForet take it over
    std::string query_options;  // JSON text of an AnalyzeQuery without its time
};

// One resource type a module makes.
struct Output {
    std::string kind;                // "vm": the word in options, tasks and on the command line
    std::string title;               // "AHV virtual machine", for people
    std::uint32_t endpoint = 0;      // the endpoint whose items it is made of
    bool is_cluster_scoped = false;  // tasks may be split by cluster
    std::string group;               // cloud_service_group, no dots
    std::string type;                // cloud_service_type, no dots
    std::string service_code;
    bool is_primary = false;
    bool is_major = false;
    std::vector<std::string> labels;
    std::vector<std::uint32_t> lookups;  // those its handler opens
    bool is_default = true;              // false: only when the option kinds names it
    std::vector<DataKey> data_keys;      // at most 64
    std::string view_metadata;           // CloudServiceType.metadata, JSON text of an object
    std::vector<Metric> metrics;
    std::string icon;                // file name of the icon, e.g. "vm.svg"; may be empty
    std::optional<ShapePlan> shape;  // how it is charged; nothing: it is not
};

// Ids in CloudForet, unique in a domain: "ns-nutanix-ahv-vm", "metric-nutanix-ahv-vm-core-sum".
std::string namespace_id(const Output& output);
std::string metric_id(const Output& output, const Metric& metric);

struct Descriptor {
    std::string name;                   // "vm"; also the file's stem
    std::string version;                // semantic version of the module
    std::string stability;              // development, alpha, beta, stable, deprecated
    std::string summary;                // one sentence
    std::vector<std::string> concerns;  // "pf.inventory/1"
    std::vector<Endpoint> endpoints;
    std::vector<Lookup> lookups;
    std::vector<Output> outputs;
    std::string text;  // the JSON it was read from
};

}  // namespace pf::host::services
