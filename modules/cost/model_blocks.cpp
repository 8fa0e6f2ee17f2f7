// The price blocks of the model.
#include <algorithm>

#include "model_read.hpp"
#include "model_text.hpp"

namespace cost {
namespace {

// Values that the document lists by name, in the order of `order`; 0 where there is none.
std::vector<Wide> by_name(pf::Value list, std::string_view key, std::string_view number,
                          const Names& order) {
    std::vector<Wide> result(order.size(), 0);
    for (const pf::Value entry : list) {
        const auto found = std::find(order.begin(), order.end(), entry[key].str());
        if (found == order.end()) {
            refuse_model(key, "names the unknown '" + std::string(entry[key].str()) + "'");
        }
        result[static_cast<std::size_t>(found - order.begin())] = decimal(entry, number);
    }
    return result;
}

RateCard read_card(pf::Value value, const Model& model) {
    Names tiers;
    for (const Tier& tier : model.storage.tiers) tiers.push_back(tier.name);
    RateCard card;
    card.vcpu_hour = decimal(value, "vcpu_hour");
    card.memory_gib_hour = decimal(value, "memory_gib_hour");
    card.tier_gib_month = by_name(value["storage_gib_month"], "tier", "price", tiers);
    card.band_factors = by_name(value["band_factors"], "band", "factor", model.bands);
    return card;
}

std::optional<Wide> stated(pf::Value value, std::string_view key) {
    if (value[key].is_absent()) return std::nullopt;
    return positive(value, key);
}

CapacityRules read_capacity(pf::Value value) {
    CapacityRules rules;
    rules.nodes = value["nodes"].i64();
    if (rules.nodes && *rules.nodes < 1) refuse_model("nodes", "is below 1");
    rules.cores_per_node = stated(value, "cores_per_node");
    rules.memory_gib_per_node = stated(value, "memory_gib_per_node");
    rules.raw_gib = stated(value, "raw_gib");
    rules.host_reserve = value["host_reserve"].i64(1);
    if (rules.host_reserve < 0) refuse_model("host_reserve", "is below 0");
    rules.cvm_vcpus = decimal(value, "cvm_vcpus");
    rules.cvm_memory_gib = decimal(value, "cvm_memory_gib");
    rules.hypervisor_memory_gib = decimal(value, "hypervisor_memory_gib");
    rules.cpu_overcommit = positive(value, "cpu_overcommit");
    rules.memory_overcommit = positive(value, "memory_overcommit");
    rules.replication_factor = positive(value, "replication_factor");
    rules.has_rebuild_reserve = value["rebuild_reserve"].boolean(true);
    rules.fill_limit = positive(value, "fill_limit");
    rules.target_utilisation = positive(value, "target_utilisation");
    return rules;
}

void read_energy(pf::Value value, const Model& model, Line& line) {
    constexpr std::string_view sources[] = {"stated", "measured"};
    line.per = Per::node;
    line.is_measured = choice(value, "source", sources) == 1;
    line.watts = decimal(value, "watts");
    line.pue = positive(value, "pue");
    line.kwh =
        by_name(value["kwh"], "band", "price", model.bands.empty() ? Names{""} : model.bands);
}

Line read_line(pf::Value value, const Model& model, const std::vector<Line>& before) {
    constexpr std::string_view forms[] = {"asset", "amount", "ratio", "energy"};
    constexpr std::string_view pers[] = {"cluster", "node", "core", "vm", "tib"};
    Line line;
    line.name = text(value, "name");
    line.form = static_cast<Form>(choice(value, "form", forms));
    line.count = optional_decimal(value, "count");
    const pf::Value split = value["split"];
    line.split[cpu] = decimal(split, "cpu");
    line.split[memory] = decimal(split, "memory");
    line.split[storage] = decimal(split, "storage");
    if (line.split[cpu] + line.split[memory] + line.split[storage] != nano)
        refuse_model(line.name, "has a split that does not add up to 1");
    if (line.form == Form::asset || line.form == Form::amount)
        line.per = static_cast<Per>(choice(value, "per", pers));
    if (line.form == Form::asset) line.purchase = read_purchase(value);
    if (line.form == Form::amount) {
        line.price = decimal(value, "price");
        line.period = period(value);
        line.minimum = optional_decimal(value, "minimum").value_or(0);
    }
    if (line.form == Form::energy) read_energy(value, model, line);
    if (line.form == Form::ratio) {
        line.ratio_year = decimal(value, "ratio_year");
        for (const std::string& name : names(value, "of")) {
            const auto found = std::find_if(before.begin(), before.end(), [&](const Line& other) {
                return other.name == name && other.form == Form::asset;
            });
            if (found == before.end()) refuse_model(line.name, "is of '" + name + "', no asset");
            line.of.push_back(static_cast<std::size_t>(found - before.begin()));
        }
    }
    return line;
}

Block read_block(pf::Value value, const ExchangeTable& currencies, bool is_tco) {
    Block block;
    block.name = text(value, "name");
    block.clusters = names(value, "clusters");
    block.currency = currencies.find(text(value, "currency"));
    block.valid_from = std::string(value["valid_from"].str());
    block.is_tco = is_tco;
    return block;
}

// Ratios are of assets, wherever these stand: so assets are read first.
void read_lines(pf::Value lines, const Model& model, std::vector<Line>& result) {
    for (const bool is_ratio : {false, true})
        for (const pf::Value value : lines)
            if ((value["form"].str() == "ratio") == is_ratio)
                result.push_back(read_line(value, model, result));
}

}  // namespace

void read_blocks(pf::Value model, const ExchangeTable& currencies, Model& result) {
    for (const pf::Value value : model["rate_cards"]) {
        result.blocks.push_back(read_block(value, currencies, false));
        result.blocks.back().card = read_card(value, result);
    }
    for (const pf::Value value : model["tco"]) {
        Block block = read_block(value, currencies, true);
        block.capacity = read_capacity(value["capacity"]);
        read_lines(value["lines"], result, block.lines);
        if (block.lines.empty()) refuse_model(block.name, "has no lines");
        result.blocks.push_back(std::move(block));
    }
    if (result.blocks.empty()) refuse_model("rate_cards", "and 'tco' are both empty");
}

}  // namespace cost
