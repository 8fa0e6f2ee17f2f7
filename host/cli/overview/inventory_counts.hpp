// InventoryCounts: how much there is of each kind: in all, by region, by state, and in sum.
//
// Which field is the state and what is summed up comes from the console's metadata, so that no kind
// needs code here.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/console/layout.hpp"
#include "host/runtime/report.hpp"

namespace pf::host::cli {

// A metric as the kind declares it for CloudForet.
struct DeclaredMetric {
    std::string name;           // "VM Memory Sum"
    std::string unit;           // "GB"
    std::string query_options;  // JSON text: fields.value.operator and .key, filter
};

// What is known of a kind before anything is counted.
struct CountedKind {
    std::string kind;   // "vm"
    std::string title;  // "AHV virtual machine"
    std::string group;
    std::string type;
    View view;
    std::vector<DeclaredMetric> metrics;
};

// A sum over the resources of a kind.
struct Capacity {
    std::string name;
    std::string unit;
    double value = 0;
    std::map<std::string, double> by_region;
};

// How the collection of a kind ended.
enum class KindResult {
    complete,
    partial,  // some arrived, and something is missing
    missing,  // nothing arrived, and something is missing
    absent,   // no Prism Central offers it
};
std::string_view result_name(KindResult result) noexcept;

struct KindCount {
    CountedKind kind;
    std::uint64_t count = 0;
    std::map<std::string, std::uint64_t> by_region;  // by region code
    std::map<std::string, std::uint64_t> by_state;   // by the console's word
    std::vector<Capacity> capacities;
    std::vector<std::string>
        uncounted;  // metrics that cannot be computed here, each with the reason
    KindResult result = KindResult::complete;
};

class InventoryCounts {
  public:
    explicit InventoryCounts(std::vector<CountedKind> kinds);
    ~InventoryCounts();
    InventoryCounts(const InventoryCounts&) = delete;
    InventoryCounts& operator=(const InventoryCounts&) = delete;

    // Counts one resource, as parse_resource gives it; one of no known kind makes a kind of its
    // own.
    void add(const nlohmann::ordered_json& resource);
    // Learns the name of a region, JSON text of its row's resource.
    void add_region(std::string_view region);
    // Learns how the run ended.
    void close(const runtime::RunReport& report);

    // In the order of the kinds.
    std::vector<const KindCount*> kinds() const;
    // The name of a region, or its code when nobody said.
    std::string region_name(const std::string& code) const;

  private:
    struct Counter;
    Counter& counter_of(const nlohmann::ordered_json& resource);

    std::vector<std::unique_ptr<Counter>> counters_;
    std::map<std::string, std::string> region_names_;
};

}  // namespace pf::host::cli
