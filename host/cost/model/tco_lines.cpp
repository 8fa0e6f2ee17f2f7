#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/cost/model/parts.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

struct Group {
    const char* name;
    std::array<const char*, 3> split;  // cpu, memory, storage where nothing else is said
};

constexpr std::array<Group, 9> groups = {{
    {"hardware", {"0.45", "0.35", "0.2"}},
    {"support", {"0.45", "0.35", "0.2"}},
    {"software", {"0.5", "0.3", "0.2"}},
    {"facility", {"0.4", "0.3", "0.3"}},
    {"power", {"0.7", "0.15", "0.15"}},
    {"network", {"0.4", "0.3", "0.3"}},
    {"people", {"0.4", "0.3", "0.3"}},
    {"nc2", {"0.45", "0.35", "0.2"}},
    {"other", {"0.4", "0.3", "0.3"}},
}};

constexpr std::array resources = {"cpu", "memory", "storage"};
// More than 100 % of a price a year is a percentage that was not divided.
constexpr Bounds yearly_share{.most = "1"};

json read_split(const Node& split, const Group& group, const Node& of_group) {
    const Node& stated = split.is_there() ? split : of_group;
    json filled;
    if (!stated.is_there()) {
        for (std::size_t i = 0; i < resources.size(); ++i) {
            filled[resources[i]] = group.split[i];
        }
        return filled;
    }
    Decimal sum;
    for (const char* resource : resources) {
        const Decimal share = stated[resource].decimal_or(Decimal(0), {.most = "1"});
        sum = sum + share;
        filled[resource] = share.text();
    }
    if (sum != Decimal(1)) {
        stated.fail("adds up to " + sum.text() + "; cpu, memory and storage must add up to 1");
    }
    return filled;
}

void refuse_beside(const Node& from, const char* with, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (from[key].is_there()) {
            from[key].fail(std::string("says nothing beside ") + with + "; take it out");
        }
    }
}

void put_count(json& line, const Node& count) {
    if (count.is_there()) {
        line["count"] = count.decimal({.most = "1000000"}).text();
    }
}

void put_asset(json& line, const Node& from, const char* per) {
    line["form"] = "asset";
    put_life(line, from);
    line["per"] = from["per"].text_or(per);
    put_count(line, from["count"]);
    if (line["per"] == "cluster" && !line.contains("count")) {
        line["count"] = "1";
    }
    if (line["per"] == "cluster" && from["per"].is_there() && from["count"].is_there()) {
        from["count"].fail("says nothing with per: cluster; give the price of one and per: node");
    }
}

// `count` is the key of how many there are.
void put_amount(json& line, const Node& from, const char* per, const char* count) {
    line["form"] = "amount";
    put_period_price(line, from);
    line["per"] = from["per"].text_or(per);
    put_count(line, from[count]);
    if (line["per"] == "cluster" && !line.contains("count")) {
        line["count"] = "1";
    }
    line["minimum"] = from["minimum"].decimal_or(Decimal(0)).text();
}

void put_ratio(json& line, const Node& from) {
    line["form"] = "ratio";
    line["ratio_year"] = from["ratio_year"].decimal(yearly_share).text();
    refuse_beside(from, "ratio_year", {"hour", "month", "year", "per", "count"});
    line["of"] = from["of"].texts();
    if (line["of"].empty()) {
        from["of"].fail("is missing: say of which hardware lines this is the share");
    }
}

void put_energy(json& line, const Node& from, const Filling& filling) {
    const Bounds watts{.most = "1000000", .allows_zero = false};
    line["form"] = "energy";
    line["source"] = from["source"].text_or("stated");
    const Node average = from["watts"];
    const Node nameplate = from["nameplate_watts"];
    if (average.is_there() == nameplate.is_there()) {
        from.fail("must have one of watts and nameplate_watts");
    }
    if (average.is_there()) {
        refuse_beside(from, "watts", {"factor"});
        line["watts"] = average.decimal(watts).text();
    } else {
        const Node factor = from["factor"];
        const auto product =
            nameplate.decimal(watts).times(factor.decimal({.most = "1", .allows_zero = false}));
        if (!product) {
            factor.fail("gives watts with more than 9 digits behind the point; round it");
        }
        line["watts"] = product->text();
    }
    put_count(line, from["count"]);
    line["pue"] = from["pue"].decimal_or(Decimal(1), {.least = Decimal(1), .most = "5"}).text();
    line["kwh"] = read_by_band(from["kwh"], "price", filling, nullptr);
}

void put_facility(json& line, const Node& from) {
    const bool has_power = from["kw"].is_there();
    if (has_power == from["units"].is_there()) {
        from.fail("must have one of units and kw");
    }
    put_amount(line, from, "cluster", has_power ? "kw" : "units");
}

void put_form(json& line, const Node& from, const std::string& group, const Filling& filling) {
    if (group == "hardware") {
        put_asset(line, from, "node");
    } else if (group == "network" && !has_period_price(from)) {
        if (!from["price"].is_there() || !from["life_months"].is_there()) {
            from.fail("has no price; give price and life_months, or one of hour, month and year");
        }
        put_asset(line, from, "cluster");
    } else if (group == "support" && from["ratio_year"].is_there()) {
        put_ratio(line, from);
    } else if (group == "power") {
        put_energy(line, from, filling);
    } else if (group == "facility") {
        put_facility(line, from);
    } else if (group == "people") {
        put_amount(line, from, "cluster", "fte");
    } else {
        if (group == "network") {
            refuse_beside(from, "a price per time",
                          {"price", "life_months", "salvage", "method", "bought"});
        }
        if (group == "support") {
            refuse_beside(from, "a price per time", {"of"});
        }
        put_amount(line, from, group == "nc2" ? "node" : "cluster", "count");
    }
}

// Support as a share of the price that stands with the hardware.
std::optional<json> support_of(const Node& from, const json& hardware, const Node& splits) {
    if (!from["support"].is_there()) {
        return std::nullopt;
    }
    json line;
    line["name"] = hardware["name"].get<std::string>() + " support";
    line["group"] = "support";
    line["form"] = "ratio";
    line["ratio_year"] = from["support"].decimal(yearly_share).text();
    line["of"] = json::array({hardware["name"]});
    line["split"] = read_split(from["split"], groups[1], splits["support"]);
    return line;
}

void check_ratios(const Node& block, const json& lines) {
    std::vector<std::string> assets;
    for (const json& line : lines) {
        if (line["form"] == "asset") {
            assets.push_back(line["name"]);
        }
    }
    for (const json& line : lines) {
        if (line["form"] != "ratio") {
            continue;
        }
        for (const auto& name : line["of"].get<std::vector<std::string>>()) {
            if (std::find(assets.begin(), assets.end(), name) == assets.end()) {
                block["support"].fail("names '" + name +
                                      "', which is no line with a price and a life" +
                                      document::suggestion(name, assets));
            }
        }
    }
}

}  // namespace

json read_tco_lines(const Node& block, const Filling& filling) {
    json lines = json::array();
    Names names("line of this block");
    const Node splits = block["splits"];
    for (const Group& group : groups) {
        for (const Node& from : block[group.name].elements()) {
            json line;
            line["name"] = names.take(from, group.name);
            line["group"] = group.name;
            line["split"] = read_split(from["split"], group, splits[group.name]);
            put_form(line, from, group.name, filling);
            lines.push_back(line);
            if (auto support = support_of(from, line, splits)) {
                names.take(Node(*support, from.path()), "");
                lines.push_back(std::move(*support));
            }
        }
    }
    check_ratios(block, lines);
    return lines;
}

}  // namespace pf::host::cost
