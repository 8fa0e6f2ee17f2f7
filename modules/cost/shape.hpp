// One shape of pf.shapes/1: what a resource was from one instant to another. The texts are the
// host's and live until the next shape; one Shape is read into again and again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <prismforet/module.hpp>

#include "match.hpp"

namespace cost {

struct DiskView {
    std::int64_t bytes = 0;
    std::string_view container;
    std::string_view container_name;
};

struct GpuView {
    std::string_view model;
    bool is_virtual = false;
    std::int64_t profile_bytes = 0;  // 0 = not known
    std::int64_t card_bytes = 0;
};

struct Shape {
    std::string_view id, name, product, region, cluster, cluster_name, project, owner, os, host;
    std::string_view what;  // the class: "machine", ...
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool is_measured = false;
    bool is_on = true;
    std::int64_t vcpus = 0;
    std::int64_t cores = 0;
    std::int64_t memory_bytes = 0;
    std::optional<std::int64_t> used_bytes;
    std::optional<std::int64_t> snapshot_bytes;
    std::vector<DiskView> disks;
    std::vector<GpuView> gpus;
    std::vector<CategoryView> categories;

    bool is_machine() const noexcept { return what == "machine"; }
};

// Reads all of a shape. Ends the call for one without id or class, with a negative size, or that
// ends before it begins.
void read_shape(pf::Value value, Shape& shape);

// A size of a shape: 0 when it is not known. A negative one ends the call.
std::int64_t size_of(pf::Value value, std::string_view key);

}  // namespace cost
