#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cost/model/parts.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

json read_idle(const Node& idle) {
    if (!idle.is_object()) {
        const std::string policy = idle.text_or("separate");
        if (policy == "owner") {
            idle.fail("needs to know who pays: write {policy: owner, owner: NAME}");
        }
        if (policy != "separate" && policy != "share" && policy != "hide") {
            idle.fail("must be separate, share, hide or {policy: owner, owner: NAME}");
        }
        return {{"policy", policy}};
    }
    json filled = {{"policy", idle["policy"].text()}};
    const Node owner = idle["owner"];
    if (filled["policy"] == "owner") {
        filled["owner"] = owner.text();
    } else if (owner.is_there()) {
        owner.fail("says nothing with this policy; use policy: owner, or take it out");
    }
    return filled;
}

json read_rule(const Node& from, const std::vector<std::string>& keys) {
    json filled;
    const Node key = from["key"];
    filled["key"] = key.text();
    if (std::find(keys.begin(), keys.end(), filled["key"]) == keys.end()) {
        key.fail("is no key of allocation.keys" + document::suggestion(key.text(), keys) +
                 "; add it there, as only these are charged back by");
    }
    filled["value"] = from["value"].text();
    Decimal sum;
    filled["to"] = json::array();
    for (const auto& [value, share] : from["to"].members()) {
        const json name = value;
        const Decimal part = share.decimal({.most = "1", .allows_zero = false});
        sum = sum + part;
        filled["to"].push_back(
            {{"value", Node(name, share.path()).text()}, {"share", part.text()}});
    }
    if (sum != Decimal(1)) {
        from["to"].fail("adds up to " + sum.text() + "; shares must add up to 1");
    }
    return filled;
}

json read_rules(const Node& rules, const std::vector<std::string>& keys) {
    json list = json::array();
    Names names("rule");
    std::set<std::pair<std::string, std::string>> sources;
    for (const Node& from : rules.elements()) {
        json filled = read_rule(from, keys);
        const std::string key = filled["key"];
        const std::string value = filled["value"];
        filled["name"] = names.take(from, key + "=" + value);
        if (!sources.emplace(key, value).second) {
            from["value"].fail("is split by another rule already; keep one");
        }
        list.push_back(std::move(filled));
    }
    return list;
}

json read_pools(const Node& pools, Filling& filling) {
    json list = json::array();
    Names names("pool");
    for (const Node& from : pools.elements()) {
        json filled;
        filled["name"] = names.take_usage(from);
        put_scope(filled, from, filling);
        put_selection(filled, from);
        if (has_period_price(from)) {
            put_period_price(filled, from);
        } else {
            filled["price"] = "0";
            filled["period"] = "month";
        }
        if (filled["price"] == "0" && filled["resources"].empty() && filled["categories"].empty()) {
            from.fail(
                "has nothing to share; give resources, categories, or one of hour, month and "
                "year");
        }
        filled["weight"] = from["weight"].text_or("direct_cost");
        list.push_back(std::move(filled));
    }
    return list;
}

}  // namespace

json read_allocation(const Node& allocation, Filling& filling) {
    json filled;
    const std::vector<std::string> keys = allocation["keys"].texts();
    std::vector<std::string> tags = allocation["tags"].texts();
    tags.insert(tags.end(), keys.begin(), keys.end());
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    filled["keys"] = keys;
    filled["tags"] = tags;
    filled["untagged"] = allocation["untagged"].text_or("(none)");
    filled["several_values"] = allocation["several_values"].text_or("even");
    filled["powered_off"] = allocation["powered_off"].text_or("storage");
    filled["idle"] = read_idle(allocation["idle"]);
    filled["rules"] = read_rules(allocation["rules"], keys);
    filled["pools"] = read_pools(allocation["pools"], filling);
    return filled;
}

}  // namespace pf::host::cost
