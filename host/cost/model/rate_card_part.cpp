#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "host/cost/model/parts.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

constexpr const char* only_tier = "standard";

// The tiers that cards name prices of; empty when all prices are of all tiers.
std::set<std::string> priced_tiers(const Node& root) {
    std::set<std::string> tiers;
    for (const Node& card : rate_cards_of(root)) {
        for (const auto& [tier, price] : card["storage_gib_month"].members()) {
            const json key = tier;
            tiers.insert(Node(key, price.path()).word());
        }
    }
    return tiers;
}

// Tiers by what cards say alone: the names of media say which containers they are.
json tiers_of_cards(const std::set<std::string>& priced) {
    json tiers = json::array();
    for (const std::string& tier : priced) {
        json made = {{"tier", tier}, {"containers", json::array()}};
        if (tier == "ssd" || tier == "hdd") {
            made["flash"] = tier == "ssd";
        }
        tiers.push_back(std::move(made));
    }
    if (tiers.empty()) {
        tiers.push_back({{"tier", only_tier}, {"containers", json::array()}});
    }
    return tiers;
}

json read_tiers(const Node& list) {
    json tiers = json::array();
    std::map<std::string, std::string> tier_of;  // by container
    std::map<bool, std::string> tier_by_flash;
    for (const auto& [name, tier] : list.members()) {
        const json key = name;
        json made = {{"tier", Node(key, tier.path()).word()}};
        const std::vector<std::string> containers = tier["containers"].texts();
        made["containers"] = containers;
        for (const std::string& container : containers) {
            const auto [known, is_new] = tier_of.emplace(container, name);
            if (!is_new) {
                tier["containers"].fail("names a container that the tier '" + known->second +
                                        "' has as well; a container is in one tier");
            }
        }
        if (const Node flash = tier["flash"]; flash.is_there()) {
            const auto [known, is_new] = tier_by_flash.emplace(flash.flag(), name);
            if (!is_new) {
                flash.fail("says the same as that of the tier '" + known->second +
                           "'; name the containers of one of them instead");
            }
            made["flash"] = flash.flag();
        }
        tiers.push_back(std::move(made));
    }
    if (tiers.empty()) {
        list.fail("has no tier; leave it out for one tier of all");
    }
    return tiers;
}

std::vector<std::string> names_of(const json& tiers) {
    std::vector<std::string> names;
    for (const json& tier : tiers) {
        names.push_back(tier["tier"].get<std::string>());
    }
    return names;
}

json read_tier_prices(const Node& prices, const json& storage) {
    const std::vector<std::string> tiers = names_of(storage["tiers"]);
    json filled = json::array();
    if (prices.is_there() && !prices.is_object()) {
        for (const std::string& tier : tiers) {
            filled.push_back({{"tier", tier}, {"price", prices.decimal().text()}});
        }
    }
    for (const auto& [tier, price] : prices.members()) {
        if (std::find(tiers.begin(), tiers.end(), tier) == tiers.end()) {
            price.fail("is no tier of storage.tiers" + document::suggestion(tier, tiers) +
                       "; there are " + document::enumerate(tiers, 10));
        }
        filled.push_back({{"tier", tier}, {"price", price.decimal().text()}});
    }
    return filled;
}

// A price under its name or under the older one; `top` may hold the older name as well.
Node one_of(const Node& card, const char* key, const char* alias) {
    const Node price = card[key];
    const Node other = card[alias];
    if (price.is_there() && other.is_there()) {
        other.fail(std::string("is another name of ") + key + ", which is given, too; keep one");
    }
    return other.is_there() ? other : price;
}

struct Shorthand {
    const char* key;
    const char* name;
    const char* what;
    const char* per;
};

constexpr std::array<Shorthand, 4> shorthands = {{
    {"floating_ip_month", "floating_ip", "floating_ip", "item"},
    {"snapshot_gib_month", "snapshot", "snapshot", "gib"},
    {"recovery_point_gib_month", "recovery_point", "recovery_point", "gib"},
    {"recovery_point_month", "recovery_point_item", "recovery_point", "item"},
}};

void put_shorthands(const Node& card, const json& filled, json& items) {
    for (const Shorthand& short_form : shorthands) {
        const Node price = card[short_form.key];
        if (!price.is_there()) {
            continue;
        }
        const bool is_taken = std::any_of(items.begin(), items.end(), [&](const json& item) {
            return item["name"] == short_form.name;
        });
        if (is_taken || filled.contains("valid_from")) {
            price.fail("can stand on one card without valid_from only; write it under items");
        }
        items.push_back({{"name", short_form.name},
                         {"what", short_form.what},
                         {"per", short_form.per},
                         {"price", price.decimal().text()},
                         {"period", "month"},
                         {"clusters", filled["clusters"]},
                         {"currency", filled["currency"]},
                         {"resources", json::array()},
                         {"categories", json::array()},
                         {"charged", "always"}});
    }
}

void check_card(const Node& card, const json& filled, bool has_items, Filling& filling) {
    const bool has_storage =
        std::any_of(filled["storage_gib_month"].begin(), filled["storage_gib_month"].end(),
                    [](const json& tier) { return tier["price"] != "0"; });
    const std::string name = "rate card '" + filled["name"].get<std::string>() + "'";
    const bool has_cpu = filled["vcpu_hour"] != "0";
    const bool has_memory = filled["memory_gib_hour"] != "0";
    if (!has_storage && !has_cpu && !has_memory && !has_items) {
        card.fail("has no price above 0; give vcpu_hour, memory_gib_hour or storage_gib_month");
    }
    for (const auto& [is_there, what] :
         {std::pair(has_cpu, "vCPUs cost"), std::pair(has_memory, "memory costs"),
          std::pair(has_storage, "storage costs")}) {
        if (!is_there) {
            filling.warnings.push_back(name + ": " + what + " nothing");
        }
    }
}

json read_card(const Node& root, const Node& card, const json& storage, Filling& filling) {
    json filled;
    put_scope(filled, card, filling);
    if (card["valid_from"].is_there()) {
        filled["valid_from"] = card["valid_from"].date();
    }
    // The aliases may stand at the top, without a card around them.
    const auto price = [&](const char* key, const char* alias) {
        const Node on_card = one_of(card, key, alias);
        const Node top = root[alias];
        if (top.is_there() && on_card.is_there()) {
            top.fail(std::string("is another name of rate_card.") + key +
                     ", which is given, too; keep one");
        }
        return (top.is_there() ? top : on_card).decimal_or(Decimal(0)).text();
    };
    filled["vcpu_hour"] = price("vcpu_hour", "cpu_per_core_hour");
    filled["memory_gib_hour"] = price("memory_gib_hour", "memory_per_gb_hour");
    filled["storage_gib_month"] = read_tier_prices(card["storage_gib_month"], storage);
    const Decimal one(1);
    filled["band_factors"] = read_by_band(card["band_factors"], "factor", filling, &one);
    return filled;
}

}  // namespace

std::vector<Node> rate_cards_of(const Node& root) {
    const Node one = root["rate_card"];
    const Node many = root["rate_cards"];
    if (one.is_there() && many.is_there()) {
        one.fail("stands beside rate_cards, which means the same; keep one");
    }
    std::vector<Node> cards = (one.is_there() ? one : many).elements();
    const bool has_top =
        root["cpu_per_core_hour"].is_there() || root["memory_per_gb_hour"].is_there();
    if (has_top && cards.size() > 1) {
        root[root["cpu_per_core_hour"].is_there() ? "cpu_per_core_hour" : "memory_per_gb_hour"]
            .fail("stands outside of rate cards, and there are several; put it into one of them");
    }
    // What stands at the top is a card by itself.
    if (has_top && cards.empty()) {
        cards.push_back(root["rate_card"]);
    }
    return cards;
}

json read_storage(const Node& root) {
    const Node storage = root["storage"];
    const std::set<std::string> priced = priced_tiers(root);
    json filled = {{"basis", storage["basis"].text_or("provisioned")}};
    filled["replication_factor"] = storage["replication_factor"]
                                       .decimal_or(Decimal(2), {.least = Decimal(1), .most = "10"})
                                       .text();
    filled["data_reduction"] =
        storage["data_reduction"]
            .decimal_or(Decimal(1), {.least = Decimal(), .most = "1000", .allows_zero = false})
            .text();
    filled["tiers"] =
        storage["tiers"].is_there() ? read_tiers(storage["tiers"]) : tiers_of_cards(priced);
    const std::vector<std::string> tiers = names_of(filled["tiers"]);
    const Node chosen = storage["default_tier"];
    if (!chosen.is_there() && tiers.size() > 1) {
        chosen.fail("is missing: say which of the tiers " + document::enumerate(tiers, 10) +
                    " takes disks that nothing else places");
    }
    filled["default_tier"] = chosen.text_or(tiers.front());
    if (std::find(tiers.begin(), tiers.end(), filled["default_tier"]) == tiers.end()) {
        chosen.fail("is no tier" + document::suggestion(chosen.text(), tiers) + "; there are " +
                    document::enumerate(tiers, 10));
    }
    return filled;
}

json read_rate_cards(const Node& root, const json& storage, Names& names, Filling& filling,
                     json& items) {
    json cards = json::array();
    const std::vector<Node> found = rate_cards_of(root);
    for (const Node& card : found) {
        json filled = read_card(root, card, storage, filling);
        filled["name"] = names.take(card, "rate card");
        const std::size_t before = items.size();
        put_shorthands(card, filled, items);
        check_card(card, filled, items.size() > before, filling);
        cards.push_back(std::move(filled));
    }
    return cards;
}

}  // namespace pf::host::cost
