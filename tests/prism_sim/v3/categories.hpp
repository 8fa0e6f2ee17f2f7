#pragma once
// v3 categories: one list of keys, and one list of values per key.

#include <string_view>

#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v3/list_request.hpp"

namespace pf::sim::v3 {

/// categories/list
void answer_category_keys(const World& world, const ListRequest& request, Response& response);
/// categories/{key}/list; 404 for an unknown key.
void answer_category_values(const World& world, std::string_view key, const ListRequest& request,
                            Response& response);

}  // namespace pf::sim::v3
