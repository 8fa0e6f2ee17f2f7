// What a plan of steps is made of.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/cloudforet/registration/item_rules.hpp"
#include "host/cloudforet/registration/registrar.hpp"

namespace pf::host::cloudforet {

// Fills in what differs between what is there and what is wanted: a conflict, or what changes.
void compare_step(const ItemRules& rules, const nlohmann::json& got, const nlohmann::json& wanted,
                  Step& step);
// Keeps the id of a step for what refers to it.
void remember(const Step& step, KnownIds& ids);
// The step before that was skipped and that an item refers to; null when there is none.
const Step* skipped_need(const Item& item, const std::vector<Step>& before);
Step skipped(Item item, std::string note);

}  // namespace pf::host::cloudforet
