#pragma once
// The account that asks, and its roles: users/me, access_control_policies/{id}, roles/{id}.

#include <string_view>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim::v3 {

/// Answers GET of `path` (behind /api/nutanix/v3/); false when it is about something else.
bool answer_account(const Config& config, const World& world, std::string_view path,
                    Response& response);

}  // namespace pf::sim::v3
