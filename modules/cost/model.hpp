// The cost model as the engine keeps it: the validated, filled-in document of the host, read once.
// Prices, ratios and counts are in billionths, as decimal.hpp says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "decimal.hpp"
#include "depreciation.hpp"

namespace cost {

enum class Period { hour, month, year };

// Amounts of pools are divided among these three.
inline constexpr std::size_t resource_count = 3;
enum Resource : std::size_t { cpu, memory, storage };

using Names = std::vector<std::string>;

struct Category {
    std::string key;
    std::string value;
};
using Categories = std::vector<Category>;

// A price with what it is for; `currency` is a position in ExchangeTable.
struct Price {
    Wide amount = 0;
    Period period = Period::month;
    std::size_t currency = 0;
};

struct Tier {
    std::string name;
    Names containers;
    std::optional<bool> is_flash;
};

enum class Basis { provisioned, used, used_and_snapshots, physical };

struct StorageRules {
    Basis basis = Basis::provisioned;
    Wide replication_factor = 2 * static_cast<Wide>(nano);
    Wide data_reduction = nano;
    std::vector<Tier> tiers;
    std::size_t default_tier = 0;
};

struct RateCard {
    Wide vcpu_hour = 0;
    Wide memory_gib_hour = 0;
    std::vector<Wide> tier_gib_month;  // one per tier
    std::vector<Wide> band_factors;    // one per band; none without time of use
};

struct CapacityRules {
    std::optional<std::int64_t> nodes;
    std::optional<Wide> cores_per_node;
    std::optional<Wide> memory_gib_per_node;
    std::optional<Wide> raw_gib;
    std::int64_t host_reserve = 1;
    Wide cvm_vcpus = 0;
    Wide cvm_memory_gib = 0;
    Wide hypervisor_memory_gib = 0;
    Wide cpu_overcommit = nano;
    Wide memory_overcommit = nano;
    Wide replication_factor = 2 * static_cast<Wide>(nano);
    bool has_rebuild_reserve = true;
    Wide fill_limit = nano;
    Wide target_utilisation = nano;
};

// When and how something bought is written off.
struct Purchase {
    Wide price = 0;
    Wide salvage = 0;
    int life_months = 1;
    Method method = Method::straight;
    std::optional<int> bought;  // months since year 0; absent = always within its life
};

enum class Form { asset, amount, ratio, energy };
enum class Per { cluster, node, core, vm, tib };

struct Line {
    std::string name;
    Form form = Form::amount;
    Wide split[resource_count] = {};
    Per per = Per::cluster;
    std::optional<Wide> count;
    Purchase purchase;  // form asset
    Wide price = 0;     // form amount
    Period period = Period::month;
    Wide minimum = 0;
    Wide ratio_year = 0;          // form ratio
    std::vector<std::size_t> of;  // positions of asset lines
    bool is_measured = false;     // form energy
    Wide watts = 0;
    Wide pue = nano;
    std::vector<Wide> kwh;  // one per band, or one
};

struct Block {
    std::string name;
    Names clusters;
    std::size_t currency = 0;
    std::string valid_from;  // empty = since ever
    bool is_tco = false;
    RateCard card;
    CapacityRules capacity;
    std::vector<Line> lines;
};

struct Gpu {
    std::string name;
    Names models;
    Names clusters;
    std::size_t currency = 0;
    std::optional<Wide> hour;
    Purchase purchase;
    Wide year = 0;
    std::optional<Wide> card_gib;
    std::optional<std::int64_t> slots;
    bool is_always = false;
};

// Which machines or things an entry is for; empty lists take all.
struct Selection {
    Names os;
    Categories categories;
    Names resources;
};

enum class LicencePer { vm, vcpu, core, host };

struct Licence {
    std::string name;
    Names clusters;
    LicencePer per = LicencePer::vm;
    Price price;
    Wide minimum = 0;
    Selection selection;
    bool is_always = true;
};

struct Item {
    std::string name;
    std::string what;
    bool is_per_gib = false;
    Names clusters;
    Price price;
    Selection selection;
    bool is_always = true;
};

enum class PoweredOff { storage, memory, all };
enum class IdlePolicy { separate, share, owner, hide };
enum class Weight { even, direct_cost, vcpus, memory, storage };

struct Target {
    std::string value;
    Wide share = 0;
};

struct Rule {
    std::string key;
    std::string value;
    std::vector<Target> to;
};

struct Pool {
    std::string name;
    Names clusters;
    Names resources;
    Categories categories;
    Price price;
    Weight weight = Weight::direct_cost;
};

struct Allocation {
    Names tags;
    Names keys;
    std::string untagged = "(none)";
    bool is_even = true;
    std::vector<Rule> rules;
    PoweredOff powered_off = PoweredOff::storage;
    IdlePolicy idle = IdlePolicy::separate;
    std::string idle_owner;
    std::vector<Pool> pools;
};

struct Model {
    std::string name;
    std::string currency;
    bool is_calendar_month = false;
    Names bands;
    StorageRules storage;
    std::vector<Block> blocks;
    std::vector<Gpu> gpus;
    std::vector<Licence> licences;
    std::vector<Item> items;
    Allocation allocation;
};

}  // namespace cost
