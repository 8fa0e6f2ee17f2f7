// The module's positions in the descriptor; cluster_test.cpp holds them against it.
#pragma once

#include <cstdint>

namespace cluster {

enum class Kind : std::uint32_t { cluster, host, disk };
enum class Endpoint : std::uint32_t { clusters, hosts, disks, categories };
enum class Table : std::uint32_t { clusters, categories };
enum class CategoryField : std::uint32_t { key, value };

}  // namespace cluster
