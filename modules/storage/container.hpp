// Storage containers: where the disks of VMs and volume groups lie.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "places.hpp"
#include "usage.hpp"

namespace storage {

// What is known of a container, whichever generation told it. Texts are the page's.
struct Container {
    std::string_view id;
    std::string_view name;
    Cluster cluster;
    std::optional<std::int64_t> capacity;  // bytes
    Usage usage;                           // v4 tells it elsewhere
    pf::Value facts;                       // of v4: what else is shown of it
};

Container read_container_v4(pf::Value entity);
// A row of POST groups.
Container read_container_v3(pf::Value row);

// All containers of `cluster` (empty: of all), each as one record of `output`. Without `detail`
// nothing is asked for one container after the other.
void collect_containers(pf::Call& call, std::uint32_t output, std::string_view cluster,
                        bool detail);

}  // namespace storage
