// The parts of a cost model: each function reads one part of the text into the filled-in form.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "host/cost/calendar/time_rules.hpp"
#include "host/cost/model/fields.hpp"
#include "host/cost/model/node.hpp"

namespace pf::host::cost {

// All throw WrongModel at the first problem.
nlohmann::json read_fx(const Node& fx, const Filling& filling);
// Reads the hours of the day, too, and checks them.
TimeRules read_time(const Node& time);
// The names of all bands, sorted.
std::vector<std::string> band_names(const TimeRules& rules);

// The text's rate cards, whatever key they stand under.
std::vector<Node> rate_cards_of(const Node& root);
nlohmann::json read_storage(const Node& root);
// `root` has the aliases at the top; `storage` is what read_storage said. Puts what has a price of
// its own on a card into `items`.
nlohmann::json read_rate_cards(const Node& root, const nlohmann::json& storage, Names& names,
                               Filling& filling, nlohmann::json& items);
nlohmann::json read_tco(const Node& tco, const nlohmann::json& storage, Names& names,
                        Filling& filling);
// The cost lines of one block.
nlohmann::json read_tco_lines(const Node& block, const Filling& filling);

nlohmann::json read_gpus(const Node& gpus, Filling& filling);
nlohmann::json read_licences(const Node& licences, Filling& filling);
// Appends to what rate cards put there.
void read_items(const Node& list, nlohmann::json& items, Filling& filling);
nlohmann::json read_allocation(const Node& allocation, Filling& filling);

// Fails where two blocks of prices would serve the same cluster from the same day on.
void check_blocks(const Node& root, const nlohmann::json& filled);

}  // namespace pf::host::cost
