#include "infrastructure.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace cost {
namespace {

struct Span {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

std::int64_t overlap(const Spell& spell, const Span& span) noexcept {
    return std::max<std::int64_t>(0, std::min(spell.to, span.to) - std::max(spell.from, span.from));
}

std::int64_t overlap(const Spell& spell, const Day& day) noexcept {
    return overlap(spell, Span{day.from, day.to});
}

// The seconds of the span in which there is at least one spell.
std::int64_t covered(const std::vector<Spell>& spells, const Span& span) {
    std::vector<Span> parts;
    for (const Spell& spell : spells)
        if (overlap(spell, span) > 0)
            parts.push_back({std::max(spell.from, span.from), std::min(spell.to, span.to)});
    std::sort(parts.begin(), parts.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    std::int64_t seconds = 0;
    std::int64_t at = span.from;
    for (const Span& part : parts) {
        seconds += std::max<std::int64_t>(0, part.to - std::max(at, part.from));
        at = std::max(at, part.to);
    }
    return seconds;
}

// The second of a spell that is nearest to the day; later ones first, since history begins when it
// is first looked at.
Span nearest(const std::vector<Spell>& spells, const Day& day) {
    Span later{std::numeric_limits<std::int64_t>::max(), 0};
    Span earlier{std::numeric_limits<std::int64_t>::min(), 0};
    for (const Spell& spell : spells) {
        if (spell.to <= spell.from) continue;
        if (spell.from >= day.to) later.from = std::min(later.from, spell.from);
        if (spell.to <= day.from) earlier.from = std::max(earlier.from, spell.to - 1);
    }
    if (later.from != std::numeric_limits<std::int64_t>::max()) return {later.from, later.from + 1};
    if (earlier.from != std::numeric_limits<std::int64_t>::min())
        return {earlier.from, earlier.from + 1};
    return {};
}

// What the spells have together on the day. Where they were seen for a part of it only, or not at
// all, they are taken to have been as they were seen: hardware costs all day, and is not new
// because it is looked at for the first time.
NodeFacts averaged(const std::vector<Spell>& spells, const Day& day) {
    Span span{day.from, day.to};
    std::int64_t seen = covered(spells, span);
    if (seen == 0) {
        span = nearest(spells, day);
        seen = covered(spells, span);
    }
    NodeFacts facts;
    if (seen == 0) return facts;
    for (const Spell& spell : spells) {
        const Wide seconds = overlap(spell, span);
        facts.node_seconds += seconds * spell.nodes;
        facts.core_seconds = sum(facts.core_seconds, product(seconds, spell.cores));
        facts.memory_byte_seconds =
            sum(facts.memory_byte_seconds, product(seconds, spell.memory_bytes));
        facts.raw_byte_seconds = sum(facts.raw_byte_seconds, product(seconds, spell.raw_bytes));
    }
    const auto all_day = [&](Wide& amount) {
        amount = divide_half_even(product(amount, day.seconds()), seen);
    };
    all_day(facts.node_seconds);
    all_day(facts.core_seconds);
    all_day(facts.memory_byte_seconds);
    all_day(facts.raw_byte_seconds);
    return facts;
}

// Whole watts, or a text with a decimal number.
Wide watts_of(pf::Value shape) {
    const pf::Value watts = shape["watts"];
    if (watts.is_absent()) return 0;
    if (watts.kind() == pf::Kind::text) return parse_decimal(watts.str()).value_or(0);
    return product(std::max<std::int64_t>(0, watts.i64(0)), nano);
}

Spell read_spell(pf::Value shape) {
    Spell spell;
    spell.from = shape["from"].i64(0);
    spell.to = shape["to"].i64(0);
    spell.nodes = size_of(shape, "nodes");
    spell.cores = size_of(shape, "cores");
    spell.memory_bytes = size_of(shape, "memory_bytes");
    spell.raw_bytes = size_of(shape, "raw_bytes");
    spell.watts = watts_of(shape);
    return spell;
}

}  // namespace

NodeFacts Cluster::facts(const Day& day) const {
    NodeFacts facts = averaged(hosts, day);
    // What the cluster says of itself fills in what no host says.
    const NodeFacts said = averaged(own, day);
    if (facts.node_seconds == 0) facts.node_seconds = said.node_seconds;
    if (facts.core_seconds == 0) facts.core_seconds = said.core_seconds;
    if (facts.memory_byte_seconds == 0) facts.memory_byte_seconds = said.memory_byte_seconds;
    if (facts.raw_byte_seconds == 0) facts.raw_byte_seconds = said.raw_byte_seconds;
    return facts;
}

Wide Cluster::watts(const Day& day) const {
    Wide watt_seconds = 0;
    Wide seconds = 0;
    for (const Spell& spell : hosts) {
        if (spell.watts == 0) continue;
        const Wide present = overlap(spell, day);
        watt_seconds = sum(watt_seconds, cost::product(spell.watts, present));
        seconds += present;
    }
    return seconds == 0 ? 0 : watt_seconds / seconds;
}

bool Cluster::is_there(const Day& day) const {
    if (own.empty()) return true;
    return std::any_of(own.begin(), own.end(),
                       [&day](const Spell& spell) { return overlap(spell, day) > 0; });
}

Cluster& Infrastructure::note_cluster(std::string_view id, std::string_view name) {
    const auto found = positions_.find(id);
    const std::size_t at = found == positions_.end() ? clusters_.size() : found->second;
    if (found == positions_.end()) {
        positions_.emplace(id, at);
        clusters_.emplace_back().id = id;
    }
    if (clusters_[at].name.empty()) clusters_[at].name = name;
    return clusters_[at];
}

void Infrastructure::add(pf::Value shape) {
    const std::string_view what = shape["class"].str();
    const std::string_view cluster = shape["cluster"].str();
    if (what == "cluster") {
        const std::string_view id = cluster.empty() ? shape["id"].str() : cluster;
        Cluster& entry = note_cluster(id, shape["name"].str());
        // Its own name is the one to go by, and of several the latest.
        if (const std::string_view name = shape["name"].str(); !name.empty()) entry.name = name;
        entry.region = shape["region"].str();
        entry.product = shape["product"].str();
        entry.own.push_back(read_spell(shape));
        return;
    }
    Cluster& entry = note_cluster(cluster, shape["cluster_name"].str());
    if (what == "machine" || what == "volume_group") {
        entry.has_priced = true;
    } else if (what == "host") {
        if (entry.region.empty()) entry.region = shape["region"].str();
        entry.hosts.push_back(read_spell(shape));
        entry.hosts.back().nodes = 1;
    } else if (what == "storage_container") {
        const std::string_view id = shape["id"].str();
        tiers_.insert_or_assign(std::string(id),
                                tier_of(id, shape["name"].str(), shape["flash"].boolean()));
    }
}

std::size_t Infrastructure::cluster(std::string_view id) const {
    const auto found = positions_.find(id);
    if (found == positions_.end()) {
        throw pf::Failure(PF_ABORTED, "the shapes changed while they were read: cluster " +
                                          std::string(id) + " was not there at first");
    }
    return found->second;
}

std::vector<std::size_t> Infrastructure::by_id() const {
    std::vector<std::size_t> order(clusters_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [this](std::size_t a, std::size_t b) { return clusters_[a].id < clusters_[b].id; });
    return order;
}

std::size_t Infrastructure::tier_of(std::string_view id, std::string_view name,
                                    std::optional<bool> is_flash) const {
    const std::vector<Tier>& tiers = storage_.tiers;
    for (std::size_t i = 0; i < tiers.size(); ++i)
        if (contains(tiers[i].containers, id, name)) return i;
    for (std::size_t i = 0; i < tiers.size(); ++i)
        if (is_flash && tiers[i].is_flash == is_flash) return i;
    return storage_.default_tier;
}

std::size_t Infrastructure::tier(const DiskView& disk) const {
    const auto found = tiers_.find(disk.container);
    if (found != tiers_.end()) return found->second;
    return tier_of(disk.container, disk.container_name, std::nullopt);
}

}  // namespace cost
