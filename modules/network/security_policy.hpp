// Network security policies (microsegmentation) and their rules.
#pragma once

#include <optional>
#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "entity.hpp"

namespace network {

// One side of the traffic a rule is about. Most have one of these parts.
struct Peer {
    std::string_view word;                         // "ALL", "NONE"
    std::vector<std::vector<Category>> groups;     // machines by their categories
    std::string subnet;                            // "10.0.0.0/24"
    std::vector<std::string_view> address_groups;  // UUIDs
    bool exists() const noexcept {
        return !word.empty() || !groups.empty() || !subnet.empty() || !address_groups.empty();
    }
};

enum class Direction : std::uint8_t { none, inbound, outbound };

struct Rule {
    std::string_view type;  // v4's word, e.g. "APPLICATION"
    std::string_view uuid;  // v3 has none
    std::string_view description;
    std::string_view action;  // "ALLOW", "DENY"
    Direction direction = Direction::none;
    Peer source;
    Peer destination;
    std::string services;  // "TCP 443, UDP 53"
};

struct PolicyFacts {
    Entity entity;           // its categories stay empty: a policy speaks of some, it has none
    std::string_view type;   // "APPLICATION", "ISOLATION", "QUARANTINE"
    std::string_view state;  // "ENFORCE", "MONITOR", "SAVE"
    std::string_view scope;  // v3 does not say
    std::string_view created;
    std::optional<bool> is_hitlog;
    std::optional<bool> is_ipv6_allowed;
    std::optional<bool> is_system_defined;
    std::vector<Rule> rules;
    std::vector<Category> secured;  // the categories the policy protects
    std::vector<Reference> vpcs;
};

// Reads everything about `policy` into `out`, which is new.
void read(pf::Value policy, int dialect, PolicyFacts& out);
void read_policy_v4(pf::Value policy, PolicyFacts& out);
void read_policy_v3(pf::Value policy, PolicyFacts& out);

// Writes it. Completes the categories of `facts`.
void describe(const Record& record, PolicyFacts& facts);

// Adds "TCP 443" or "TCP 8000-8100" for each range of ports; only the protocol when there is none
// but `is_named`.
void add_ports(std::string& out, std::string_view protocol, pf::Value ranges, const char* start_key,
               const char* end_key);

// Adds one more to a list in words: "TCP 443, ICMP".
void add_word(std::string& out, std::string_view word);

}  // namespace network
