#include "host/cost/model/fields.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "host/cost/currency.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

constexpr std::array periods = {"hour", "month", "year"};

}  // namespace

std::string Names::take(const Node& owner, std::string_view otherwise) {
    std::string name = owner["name"].text_or(otherwise);
    if (!taken_.insert(name).second) {
        owner["name"].fail("another " + what_ + " is called '" + name +
                           "'; give each its own name");
    }
    return name;
}

std::string Names::take_usage(const Node& owner) {
    constexpr std::size_t longest = 200;
    std::string name = take(owner, "");
    if (name.size() > longest) {
        owner["name"].fail("must have at most 200 bytes, as it becomes a part of usage types");
    }
    return name;
}

std::string read_currency(const Node& node, std::string_view otherwise) {
    std::string code = node.text_or(otherwise);
    if (!currency_places(code)) {
        node.fail("is no currency of ISO 4217 that is in use" +
                  document::suggestion(code, currency_codes()));
    }
    return code;
}

void put_scope(json& filled, const Node& from, Filling& filling) {
    std::vector<std::string> clusters = from["clusters"].texts();
    if (from["clusters"].is_there() && clusters.empty()) {
        from["clusters"].fail("names no cluster; leave it out for all");
    }
    if (clusters.empty()) {
        clusters.emplace_back("*");
    }
    filled["clusters"] = clusters;
    const Node currency = from["currency"];
    std::string code = read_currency(currency, filling.currency);
    if (code != filling.currency) {
        filling.foreign.emplace(code, currency.path());
    }
    filled["currency"] = std::move(code);
}

bool has_period_price(const Node& from) {
    return std::any_of(periods.begin(), periods.end(),
                       [&](const char* period) { return from[period].is_there(); });
}

void put_period_price(json& filled, const Node& from) {
    if (!has_period_price(from)) {
        from.fail("has no price; give one of hour, month and year");
    }
    for (const char* period : periods) {
        const Node price = from[period];
        if (!price.is_there()) {
            continue;
        }
        if (filled.contains("price")) {
            price.fail("is a second price; give one of hour, month and year");
        }
        filled["price"] = price.decimal().text();
        filled["period"] = period;
    }
}

void put_life(json& filled, const Node& from) {
    const Decimal price = from["price"].decimal();
    const Node salvage = from["salvage"];
    const Decimal rest = salvage.decimal_or(Decimal(0));
    if (price < rest) {
        salvage.fail("must not be more than the price");
    }
    const Node months = from["life_months"];
    const std::int64_t life = months.integer();
    const Node bought = from["bought"];
    const std::string method = from["method"].text_or("straight_line");
    if (method == "max_double_or_straight") {
        if (life % 12 != 0) {
            months.fail("must be whole years (a multiple of 12) with max_double_or_straight");
        }
        if (!bought.is_there()) {
            bought.fail("is missing: with max_double_or_straight cost depends on the age");
        }
    }
    filled["price"] = price.text();
    filled["salvage"] = rest.text();
    filled["life_months"] = life;
    filled["method"] = method;
    if (bought.is_there()) {
        filled["bought"] = bought.date();
    }
}

void put_selection(json& filled, const Node& from) {
    filled["resources"] = from["resources"].texts();
    json pairs = json::array();
    for (const auto& [key, values] : from["categories"].members()) {
        const json name = key;
        Node(name, values.path()).text();
        for (const std::string& value : values.texts()) {
            pairs.push_back({{"key", key}, {"value", value}});
        }
    }
    filled["categories"] = std::move(pairs);
}

json read_by_band(const Node& from, const char* key, const Filling& filling,
                  const Decimal* missing) {
    json entries = json::array();
    const auto put = [&](const std::string& band, const Decimal& value) {
        entries.push_back({{"band", band}, {key, value.text()}});
    };
    if (from.is_there() && !from.is_object()) {
        const Decimal value = from.decimal();
        if (filling.bands.empty()) {
            put("", value);
        }
        for (const std::string& band : filling.bands) {
            put(band, value);
        }
        return entries;
    }
    for (const auto& [band, value] : from.members()) {
        if (!std::binary_search(filling.bands.begin(), filling.bands.end(), band)) {
            value.fail(filling.bands.empty() ? "names a band, but time.bands has none"
                                             : "is no band of time.bands; there are " +
                                                   document::enumerate(filling.bands, 10));
        }
    }
    for (const std::string& band : filling.bands) {
        const Node value = from[band];
        if (!value.is_there() && missing == nullptr) {
            from.fail("has nothing for the band '" + band + "'; name every band of time.bands");
        }
        put(band, value.is_there() ? value.decimal() : *missing);
    }
    if (entries.empty() && missing == nullptr) {
        from.fail("must be a number, as time.bands has no bands");
    }
    return entries;
}

}  // namespace pf::host::cost
