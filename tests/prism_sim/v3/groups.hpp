#pragma once
// POST groups: the columnar query of v3. Serves what v3 has no list for: storage containers.

#include <string_view>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim::v3 {

/// Answers for the containers that are seen with the attributes asked for; an attribute that is not
/// known has no values; at most `cap` rows, 0: as many as asked for. 422 for a body that cannot be
/// read and for other entity types.
void answer_groups(const World& world, const Permissions& permissions, std::uint32_t cap,
                   std::string_view body, Response& response);

}  // namespace pf::sim::v3
