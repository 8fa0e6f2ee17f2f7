// How many entities a list has by its own total, without reading it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "host/services/descriptor.hpp"
#include "host/services/form_choice.hpp"

namespace pf::host::services {

// The total of `endpoint`'s list, of one cluster (UUID) or of all (empty), by one request for one
// entity. nullopt: the list is served by v3, where a cluster cannot be asked for, or tells no
// total. INVALID_ARGUMENT: Prism, or the descriptor, has no filter for clusters.
Result<std::optional<std::uint64_t>> count_listed(const std::shared_ptr<prism::Target>& target,
                                                  const Endpoint& endpoint, prism::ApiWish wish,
                                                  const std::string& cluster, const Stop& stop,
                                                  prism::Meter& meter);

}  // namespace pf::host::services
