// Collecting volume groups: the list, and by v4 disks and attachments of one after the other.
#pragma once

#include <cstdint>
#include <string_view>

#include "volume_group.hpp"

namespace storage {

// All volume groups of `cluster` (empty: of all), each as one record of `output`. Without `detail`
// nothing is asked for one group after the other.
void collect_volume_groups(pf::Call& call, std::uint32_t output, std::string_view cluster,
                           bool detail);

}  // namespace storage
