#include "model_read.hpp"

#include <algorithm>

#include "model_text.hpp"
#include "months.hpp"

namespace cost {
namespace {

bool is_always(pf::Value value) {
    constexpr std::string_view words[] = {"on", "always"};
    return choice(value, "charged", words) == 1;
}

Price read_price(pf::Value value, const ExchangeTable& currencies) {
    return {decimal(value, "price"), period(value), currencies.find(text(value, "currency"))};
}

Selection read_selection(pf::Value value) {
    return {names(value, "os"), categories(value, "categories"), names(value, "resources")};
}

StorageRules read_storage(pf::Value value) {
    constexpr std::string_view words[] = {"provisioned", "used", "used_and_snapshots", "physical"};
    StorageRules rules;
    rules.basis = static_cast<Basis>(choice(value, "basis", words));
    rules.replication_factor = positive(value, "replication_factor");
    rules.data_reduction = positive(value, "data_reduction");
    const std::string fallback = text(value, "default_tier");
    bool is_found = false;
    for (const pf::Value entry : value["tiers"]) {
        Tier tier{text(entry, "tier"), names(entry, "containers"), entry["flash"].boolean()};
        if (tier.name == fallback) {
            rules.default_tier = rules.tiers.size();
            is_found = true;
        }
        rules.tiers.push_back(std::move(tier));
    }
    if (!is_found) refuse_model("default_tier", "is none of the tiers");
    return rules;
}

Gpu read_gpu(pf::Value value, const ExchangeTable& currencies) {
    Gpu gpu;
    gpu.name = text(value, "name");
    gpu.models = names(value, "models");
    gpu.clusters = names(value, "clusters");
    gpu.currency = currencies.find(text(value, "currency"));
    gpu.hour = optional_decimal(value, "hour");
    if (!gpu.hour) {
        gpu.purchase = read_purchase(value);
        gpu.year = optional_decimal(value, "year").value_or(0);
    }
    gpu.card_gib = optional_decimal(value, "card_gib");
    gpu.slots = value["slots"].i64();
    if (gpu.slots && *gpu.slots < 1) refuse_model("slots", "is below 1");
    if (gpu.card_gib && *gpu.card_gib == 0) refuse_model("card_gib", "is 0");
    gpu.is_always = is_always(value);
    return gpu;
}

Licence read_licence(pf::Value value, const ExchangeTable& currencies) {
    constexpr std::string_view words[] = {"vm", "vcpu", "core", "host"};
    Licence licence;
    licence.name = text(value, "name");
    licence.clusters = names(value, "clusters");
    licence.per = static_cast<LicencePer>(choice(value, "per", words));
    licence.price = read_price(value, currencies);
    licence.minimum = optional_decimal(value, "minimum").value_or(0);
    licence.selection = read_selection(value);
    licence.is_always = is_always(value);
    return licence;
}

Item read_item(pf::Value value, const ExchangeTable& currencies) {
    constexpr std::string_view words[] = {"item", "gib"};
    Item item;
    item.name = text(value, "name");
    item.what = text(value, "what");
    item.is_per_gib = choice(value, "per", words) == 1;
    item.clusters = names(value, "clusters");
    item.price = read_price(value, currencies);
    item.selection = read_selection(value);
    item.is_always = is_always(value);
    return item;
}

Rule read_rule(pf::Value value) {
    Rule rule{text(value, "key"), text(value, "value"), {}};
    Wide all = 0;
    for (const pf::Value entry : value["to"]) {
        rule.to.push_back({text(entry, "value"), decimal(entry, "share")});
        all += rule.to.back().share;
    }
    if (all != nano) refuse_model("rules", "has shares that do not add up to 1");
    return rule;
}

Pool read_pool(pf::Value value, const ExchangeTable& currencies) {
    constexpr std::string_view words[] = {"even", "direct_cost", "vcpus", "memory", "storage"};
    Pool pool;
    pool.name = text(value, "name");
    pool.clusters = names(value, "clusters");
    pool.resources = names(value, "resources");
    pool.categories = categories(value, "categories");
    pool.price = read_price(value, currencies);
    pool.weight = static_cast<Weight>(choice(value, "weight", words));
    return pool;
}

Allocation read_allocation(pf::Value value, const ExchangeTable& currencies) {
    constexpr std::string_view off[] = {"storage", "memory", "all"};
    constexpr std::string_view several[] = {"even", "first"};
    constexpr std::string_view idle[] = {"separate", "share", "owner", "hide"};
    Allocation result;
    result.tags = names(value, "tags");
    result.keys = names(value, "keys");
    for (const std::string& key : result.keys)
        if (std::find(result.tags.begin(), result.tags.end(), key) == result.tags.end())
            refuse_model("tags", "lacks the key '" + key + "' that chargeback goes by");
    result.untagged = text(value, "untagged");
    result.is_even = choice(value, "several_values", several) == 0;
    for (const pf::Value entry : value["rules"]) result.rules.push_back(read_rule(entry));
    result.powered_off = static_cast<PoweredOff>(choice(value, "powered_off", off));
    result.idle = static_cast<IdlePolicy>(choice(value["idle"], "policy", idle));
    if (result.idle == IdlePolicy::owner) result.idle_owner = text(value["idle"], "owner");
    for (const pf::Value entry : value["pools"])
        result.pools.push_back(read_pool(entry, currencies));
    return result;
}

}  // namespace

Purchase read_purchase(pf::Value value) {
    constexpr std::string_view words[] = {"straight_line", "max_double_or_straight"};
    Purchase purchase;
    purchase.price = decimal(value, "price");
    purchase.salvage = optional_decimal(value, "salvage").value_or(0);
    if (purchase.salvage > purchase.price) refuse_model("salvage", "is above the price");
    const std::int64_t life = value["life_months"].i64(0);
    if (life < 1 || life > 600) refuse_model("life_months", "is not between 1 and 600");
    purchase.life_months = static_cast<int>(life);
    purchase.method = static_cast<Method>(choice(value, "method", words));
    const std::string_view bought = value["bought"].str();
    if (!bought.empty()) {
        purchase.bought = month_number(bought);
        if (!purchase.bought) refuse_model("bought", "is no date");
    } else if (purchase.method != Method::straight) {
        refuse_model("bought", "is missing, and max_double_or_straight needs it");
    }
    return purchase;
}

ExchangeTable read_currencies(pf::Value model) {
    ExchangeTable table(text(model, "currency"));
    for (const pf::Value value : model["fx"]) {
        Currency currency{text(value, "currency"), {}};
        for (const pf::Value rate : value["rates"])
            currency.rates.push_back({text(rate, "date"), positive(rate, "rate")});
        std::sort(currency.rates.begin(), currency.rates.end(),
                  [](const DatedRate& a, const DatedRate& b) { return a.date < b.date; });
        table.add(std::move(currency));
    }
    return table;
}

Model read_model(pf::Value value, const ExchangeTable& currencies) {
    constexpr std::string_view months[] = {"730h", "calendar"};
    Model model;
    model.name = std::string(value["name"].str());
    model.currency = text(value, "currency");
    model.is_calendar_month = choice(value["time"], "month", months) == 1;
    model.bands = names(value["time"], "bands");
    model.storage = read_storage(value["storage"]);
    read_blocks(value, currencies, model);
    for (const pf::Value entry : value["gpus"]) model.gpus.push_back(read_gpu(entry, currencies));
    for (const pf::Value entry : value["licences"])
        model.licences.push_back(read_licence(entry, currencies));
    for (const pf::Value entry : value["items"])
        model.items.push_back(read_item(entry, currencies));
    model.allocation = read_allocation(value["allocation"], currencies);
    return model;
}

}  // namespace cost
