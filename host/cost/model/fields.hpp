// What several parts of a cost model have in common, read into the filled-in form.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "host/cost/model/node.hpp"

namespace pf::host::cost {

// What the parts know of each other while a model is read.
struct Filling {
    std::string currency;
    std::vector<std::string> bands;              // of the day, sorted; empty without time of use
    std::map<std::string, std::string> foreign;  // other currencies, and where one is used first
    std::vector<std::string> warnings;
};

// Gives each name once.
class Names {
  public:
    // `what` is for the message: "rate card".
    explicit Names(std::string what) : what_(std::move(what)) {}
    std::string take(const Node& owner, std::string_view otherwise);
    // One that becomes a part of usage types, of which CloudForet keeps 255 characters.
    std::string take_usage(const Node& owner);

  private:
    std::string what_;
    std::set<std::string> taken_;
};

// Puts "clusters" and "currency".
void put_scope(nlohmann::json& filled, const Node& from, Filling& filling);
std::string read_currency(const Node& node, std::string_view otherwise);

// Puts "price" and "period" from exactly one of hour, month and year.
void put_period_price(nlohmann::json& filled, const Node& from);
bool has_period_price(const Node& from);

// Puts "price", "life_months", "salvage", "method" and, when stated, "bought".
void put_life(nlohmann::json& filled, const Node& from);

// Puts "resources" and "categories".
void put_selection(nlohmann::json& filled, const Node& from);

// Prices or factors by band: one entry for each band of the model. A single number is of all
// bands; without time of use it is of the band "". `missing` (null = none) is what a band that is
// not named has.
nlohmann::json read_by_band(const Node& from, const char* key, const Filling& filling,
                            const Decimal* missing);

}  // namespace pf::host::cost
