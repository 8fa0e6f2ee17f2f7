// The positions in the descriptor, and names of what projects and policies refer to.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

namespace management {

// Positions in the descriptor; management_test.cpp holds them against it.
enum class Endpoint : std::uint32_t {
    projects,
    categories,
    category_values,
    protection_policies,
    clusters,
    subnets
};
enum class Table : std::uint32_t { clusters, subnets, categories };
enum class Output : std::uint32_t { project, category, protection_policy };
enum class CategoryField : std::uint32_t { key, value };

// Where everything that belongs to no cluster lies.
inline constexpr std::string_view central_region = "prism-central";

// Something referred to. v3 may give names with references.
struct Reference {
    std::string_view uuid;
    std::string_view name;
};

// `uuids` of a list whose names could not be read.
bool hides(const pf::Lookup& names, const std::vector<Reference>& references);

// [{uuid, name?}]; unknown when the names exist and could not be read.
void write_references(pf::Row& row, pf::Object& data, std::string_view key,
                      const std::vector<Reference>& references, const pf::Lookup& names);

// What a v3 list of {kind, uuid, name} refers to; entries without a UUID are left out.
void read_references_v3(pf::Value list, std::vector<Reference>& out);

}  // namespace management
