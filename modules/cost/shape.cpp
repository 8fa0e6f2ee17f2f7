#include "shape.hpp"

#include <string>

namespace cost {
namespace {

[[noreturn]] void refuse(std::string_view id, const char* why) {
    throw pf::Failure(PF_DATA_LOSS, "the shape of " + std::string(id) + " " + why +
                                        ": nothing is charged from such a history");
}

std::optional<std::int64_t> optional_size(pf::Value value, std::string_view key) {
    const auto size = value[key].i64();
    if (size && *size < 0) refuse(value["id"].str(), "has a negative size");
    return size;
}

void read_parts(pf::Value value, Shape& shape) {
    shape.categories.clear();
    for (const pf::Value category : value["categories"])
        shape.categories.push_back({category["key"].str(), category["value"].str()});
    shape.disks.clear();
    for (const pf::Value disk : value["disks"])
        shape.disks.push_back(
            {size_of(disk, "bytes"), disk["container"].str(), disk["container_name"].str()});
    shape.gpus.clear();
    for (const pf::Value gpu : value["gpus"])
        shape.gpus.push_back({gpu["model"].str(), gpu["mode"].str() == "VIRTUAL",
                              size_of(gpu, "profile_bytes"), size_of(gpu, "card_bytes")});
}

}  // namespace

std::int64_t size_of(pf::Value value, std::string_view key) {
    return optional_size(value, key).value_or(0);
}

void read_shape(pf::Value value, Shape& shape) {
    shape.id = value["id"].str();
    shape.what = value["class"].str();
    shape.name = value["name"].str();
    shape.product = value["product"].str();
    shape.region = value["region"].str();
    shape.cluster = value["cluster"].str();
    shape.cluster_name = value["cluster_name"].str();
    if (shape.what == "cluster" && shape.cluster.empty()) shape.cluster = shape.id;
    shape.project = value["project"].str();
    shape.owner = value["owner"].str();
    const auto from = value["from"].i64();
    const auto to = value["to"].i64();
    if (shape.id.empty() || shape.what.empty()) refuse(shape.id, "has no id or no class");
    if (!from || !to || *to < *from) refuse(shape.id, "has no time, or ends before it begins");
    shape.from = *from;
    shape.to = *to;
    shape.is_measured = value["basis"].str() == "measured";
    shape.is_on = value["on"].boolean(true);
    shape.vcpus = size_of(value, "vcpus");
    shape.cores = size_of(value, "cores");
    shape.memory_bytes = size_of(value, "memory_bytes");
    shape.used_bytes = optional_size(value, "used_bytes");
    shape.snapshot_bytes = optional_size(value, "snapshot_bytes");
    shape.os = value["os"].str();
    shape.host = value["host"].str();
    read_parts(value, shape);
}

}  // namespace cost
