#include <nlohmann/json.hpp>

#include "host/cost/model/parts.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

// Puts a number only when it is stated: what is not comes from Prism.
void put_stated(json& filled, const Node& from, const char* key) {
    if (from[key].is_there()) {
        filled[key] = from[key].decimal({.allows_zero = false}).text();
    }
}

void check_taken(const Node& capacity, const char* whole,
                 std::initializer_list<const char*> parts) {
    if (!capacity[whole].is_there()) {
        return;
    }
    Decimal taken;
    for (const char* part : parts) {
        taken = taken + capacity[part].decimal_or(Decimal(0));
    }
    if (!(taken < capacity[whole].decimal())) {
        capacity[whole].fail(std::string("is all taken by ") + *parts.begin() +
                             (parts.size() > 1 ? " and the like" : "") +
                             "; nothing is left to sell");
    }
}

json read_capacity(const Node& capacity, const json& storage) {
    const Bounds share{.least = Decimal(), .most = "1", .allows_zero = false};
    const Bounds ratio{.least = Decimal(), .most = "1000", .allows_zero = false};
    json filled;
    const Node nodes = capacity["nodes"];
    const Node reserve = capacity["host_reserve"];
    const std::int64_t held = reserve.is_there() ? reserve.integer() : 1;
    if (nodes.is_there()) {
        filled["nodes"] = nodes.integer();
        if (held >= nodes.integer()) {
            (reserve.is_there() ? reserve : nodes)
                .fail("leaves no node to sell: host_reserve is " + std::to_string(held) + " of " +
                      std::to_string(nodes.integer()) + " nodes");
        }
    }
    filled["host_reserve"] = held;
    put_stated(filled, capacity, "cores_per_node");
    put_stated(filled, capacity, "memory_gib_per_node");
    put_stated(filled, capacity, "raw_gib");
    for (const char* key : {"cvm_vcpus", "cvm_memory_gib", "hypervisor_memory_gib"}) {
        filled[key] = capacity[key].decimal_or(Decimal(0)).text();
    }
    check_taken(capacity, "cores_per_node", {"cvm_vcpus"});
    check_taken(capacity, "memory_gib_per_node", {"cvm_memory_gib", "hypervisor_memory_gib"});
    filled["cpu_overcommit"] = capacity["cpu_overcommit"].decimal_or(Decimal(1), ratio).text();
    filled["memory_overcommit"] =
        capacity["memory_overcommit"].decimal_or(Decimal(1), ratio).text();
    const Node copies = capacity["replication_factor"];
    filled["replication_factor"] =
        copies.is_there() ? json(copies.decimal({.least = Decimal(1), .most = "10"}).text())
                          : storage["replication_factor"];
    filled["rebuild_reserve"] = capacity["rebuild_reserve"].flag_or(true);
    filled["fill_limit"] = capacity["fill_limit"].decimal_or(Decimal(1), share).text();
    filled["target_utilisation"] =
        capacity["target_utilisation"].decimal_or(Decimal(1), share).text();
    return filled;
}

}  // namespace

json read_tco(const Node& tco, const json& storage, Names& names, Filling& filling) {
    json blocks = json::array();
    for (const Node& block : tco.elements()) {
        json filled;
        filled["name"] = names.take(block, "block of prices");
        put_scope(filled, block, filling);
        if (block["valid_from"].is_there()) {
            filled["valid_from"] = block["valid_from"].date();
        }
        filled["capacity"] = read_capacity(block["capacity"], storage);
        filled["lines"] = read_tco_lines(block, filling);
        if (filled["lines"].empty()) {
            block.fail("has no cost; give hardware, software, power, people or the like");
        }
        blocks.push_back(std::move(filled));
    }
    return blocks;
}

void check_blocks(const Node& root, const json& filled) {
    std::map<std::string, std::string> served;  // names of blocks by cluster and first day
    for (const char* key : {"rate_cards", "tco"}) {
        for (const json& block : filled[key]) {
            const std::string from = block.value("valid_from", "");
            const std::string name = block["name"];
            for (const auto& cluster : block["clusters"].get<std::vector<std::string>>()) {
                const auto [known, is_new] = served.emplace(cluster + "\n" + from, name);
                if (!is_new) {
                    const std::string which = cluster == "*" ? "all clusters" : cluster;
                    root.fail("'" + known->second + "' and '" + name + "' both price " + which +
                              (from.empty() ? " since ever" : " from " + from) +
                              "; give them different clusters or valid_from");
                }
            }
        }
    }
}

}  // namespace pf::host::cost
