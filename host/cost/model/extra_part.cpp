#include <nlohmann/json.hpp>

#include "host/cost/model/parts.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

std::vector<std::string> patterns(const Node& list) {
    std::vector<std::string> found = list.texts();
    for (const std::string& pattern : found) {
        if (const std::size_t star = pattern.find('*');
            star != pattern.npos && star + 1 != pattern.size()) {
            list.fail("has '*' inside of a text; it may stand at the end only");
        }
    }
    return found;
}

json read_gpu(const Node& from, Filling& filling) {
    json filled;
    put_scope(filled, from, filling);
    filled["models"] = patterns(from["models"]);
    if (filled["models"].empty()) {
        filled["models"] = json::array({"*"});
    }
    const Node hour = from["hour"];
    if (hour.is_there() == from["price"].is_there()) {
        from.fail("must have one of hour and price");
    }
    if (hour.is_there()) {
        for (const char* key : {"life_months", "salvage", "method", "bought", "year"}) {
            if (from[key].is_there()) {
                from[key].fail("says nothing beside hour; take it out");
            }
        }
        filled["hour"] = hour.decimal().text();
    } else {
        put_life(filled, from);
        filled["year"] = from["year"].decimal_or(Decimal(0)).text();
    }
    if (from["card_gib"].is_there()) {
        filled["card_gib"] = from["card_gib"].decimal({.allows_zero = false}).text();
    }
    if (from["slots"].is_there()) {
        filled["slots"] = from["slots"].integer();
    }
    filled["charged"] = from["charged"].text_or("on");
    return filled;
}

json read_licence(const Node& from, Filling& filling) {
    json filled;
    put_scope(filled, from, filling);
    put_period_price(filled, from);
    put_selection(filled, from);
    filled["per"] = from["per"].text();
    const Node minimum = from["minimum"];
    if (minimum.is_there() && filled["per"] != "core" && filled["per"] != "vcpu") {
        minimum.fail("is of cores or vCPUs; it says nothing with per: " +
                     filled["per"].get<std::string>());
    }
    filled["minimum"] = minimum.decimal_or(Decimal(0), {.most = "1000000"}).text();
    filled["os"] = patterns(from["os"]);
    filled["charged"] = from["charged"].text_or("always");
    return filled;
}

bool has_size(const std::string& what) {
    return what == "recovery_point" || what == "volume_group" || what == "storage_container" ||
           what == "snapshot";
}

json read_item(const Node& from, Filling& filling) {
    json filled;
    put_scope(filled, from, filling);
    put_period_price(filled, from);
    put_selection(filled, from);
    const std::string what = from["what"].text();
    filled["what"] = what;
    filled["per"] = from["per"].text_or(what == "snapshot" ? "gib" : "item");
    if (filled["per"] == "gib" && !has_size(what)) {
        from["per"].fail("gib: a " + what + " has no size that is charged; use per: item");
    }
    if (filled["per"] == "item" && what == "snapshot") {
        from["per"].fail("item: of snapshots only the size is known; use per: gib");
    }
    filled["charged"] = from["charged"].text_or("always");
    if (filled["charged"] == "on" && what != "machine") {
        from["charged"].fail("on: only a machine can be off; take it out");
    }
    return filled;
}

}  // namespace

json read_gpus(const Node& gpus, Filling& filling) {
    json list = json::array();
    Names names("GPU");
    for (const Node& gpu : gpus.elements()) {
        json filled = read_gpu(gpu, filling);
        filled["name"] = names.take_usage(gpu);
        list.push_back(std::move(filled));
    }
    return list;
}

json read_licences(const Node& licences, Filling& filling) {
    json list = json::array();
    Names names("licence");
    for (const Node& licence : licences.elements()) {
        json filled = read_licence(licence, filling);
        filled["name"] = names.take_usage(licence);
        list.push_back(std::move(filled));
    }
    return list;
}

void read_items(const Node& list, json& items, Filling& filling) {
    Names names("item");
    for (const json& shorthand : items) {
        names.take(Node(shorthand, list.path()), "");
    }
    for (const Node& item : list.elements()) {
        json filled = read_item(item, filling);
        filled["name"] = names.take_usage(item);
        items.push_back(std::move(filled));
    }
}

}  // namespace pf::host::cost
