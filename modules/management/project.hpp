// Projects: who may use how much of which clusters and networks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "names.hpp"

namespace management {

// A limit of a project, and what of it is in use.
struct Quota {
    std::string_view resource;  // "VCPUS", "MEMORY", "STORAGE"
    std::string_view units;     // "COUNT", "BYTES"
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> used;
};

// What is known of a project, whichever generation told it. Texts are the page's.
struct Project {
    void clear();

    std::string_view id;
    std::string_view name;
    std::string_view description;
    std::string_view state;
    std::string created;  // ISO 8601, whole seconds
    std::optional<bool> is_default;
    std::optional<bool> is_system_defined;
    std::string_view owner;  // UUID
    std::vector<Quota> quotas;
    std::vector<Reference> clusters;
    std::vector<Reference> subnets;
};

// Reads everything about `entity` into `project`, which is cleared before.
void read_project_v4(pf::Value entity, Project& project);
void read_project_v3(pf::Value entity, Project& project);

// All projects, each as one record of `output`.
void collect_projects(pf::Call& call, std::uint32_t output);

}  // namespace management
