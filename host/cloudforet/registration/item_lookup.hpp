// Looking for items in CloudForet.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "host/cloudforet/client/service_client.hpp"
#include "host/cloudforet/registration/item_rules.hpp"
#include "host/cloudforet/registration/items.hpp"
#include "host/cloudforet/registration/references.hpp"

namespace pf::host::cloudforet {

bool is_private_dashboard(const Item& item) noexcept;
// One of the dashboards, public or private.
bool is_dashboard(const Item& item) noexcept;

// The call of a method of an item's service. It has the time that the start of a plugin takes.
ServiceCall call_of(const ItemRules& rules, std::string_view method, const nlohmann::json& request);
// The request that makes an item, with the ids that are known.
nlohmann::json wanted_of(const Item& item, const KnownIds& ids);
// The documents that list gives for an item, of exactly its name.
Result<nlohmann::json> look_up(ServiceClient& client, const ItemRules& rules,
                               const nlohmann::json& wanted, const Stop& stop);
// The one among them that is the item; null when there are none. Names need not be unique.
nlohmann::json choose(const Item& item, const nlohmann::json& wanted, const nlohmann::json& found);

}  // namespace pf::host::cloudforet
