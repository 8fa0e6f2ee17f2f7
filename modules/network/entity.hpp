// What all networking entities have in common, whichever generation of Prism's API told it, and
// how it becomes a part of a record. Texts are the page's.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "categories.hpp"
#include "network_names.hpp"

namespace network {

// The region of what belongs to no single cluster.
inline constexpr std::string_view whole_central = "prism-central";

struct Entity {
    std::string_view name;
    std::string_view description;
    std::string_view owner;  // name
    Reference project;
    std::vector<Category> categories;
    bool are_categories_hidden = false;  // some could not be found out
};

// The entity's UUID; empty when it has none.
std::string_view id_of(pf::Value entity, int dialect) noexcept;

// Reads the common facts into `out`, which is new.
void read_entity(pf::Value entity, int dialect, Entity& out);

// v3's {"uuid", "name"}.
Reference reference_of(pf::Value reference) noexcept;

// The text of a v4 IPAddress, of a v4 IPv4Address, of v3's {"ip"} or of a plain text.
std::string_view ip_of(pf::Value address) noexcept;

// Adds the addresses of a list that are there.
void read_ips(pf::Value list, std::vector<std::string_view>& out);

// "10.1.0.0/16" of a v4 IPSubnet or IPv4Subnet, or of v3's {"ip", "prefix_length"}; empty when a
// part is missing.
std::string cidr_of(pf::Value subnet);

// The row being written.
struct Record {
    pf::Call& call;
    pf::Row& row;
    const Names& names;
    std::string_view id;
};

// Name, link, tags and region (empty: none).
void write_head(const Record& record, const Entity& entity, std::string_view region,
                std::string_view page);

// The keys `project` and `categories` of `data`.
void write_tail(const Record& record, pf::Object& data, const Entity& entity);

// {uuid, name?} as `key` of `data`; declared unknown when a name exists but could not be read.
void write_reference(const Record& record, pf::Object& data, std::string_view key,
                     const Reference& reference, const NameTable& names);

// [text, ...] as `key` of `out`.
void write_texts(pf::Object& out, std::string_view key, const std::vector<std::string_view>& texts);

}  // namespace network
