// The clusters of the shapes with their hosts, and the tiers of their storage containers: what has
// to be known before machines can be priced. As large as the number of clusters, hosts and
// containers, whatever the number of machines.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capacity.hpp"
#include "days.hpp"
#include "shape.hpp"

namespace cost {

// A host, or what a cluster says of itself, from one instant to another. 0 = not known.
struct Spell {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t nodes = 0;
    std::int64_t cores = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t raw_bytes = 0;
    Wide watts = 0;  // billionths
};

struct Cluster {
    std::string id;
    std::string name;
    std::string region;
    std::string product;
    bool has_priced = false;  // machines or volume groups
    std::vector<Spell> own;
    std::vector<Spell> hosts;

    // What is known of its nodes on a day.
    NodeFacts facts(const Day& day) const;
    // Billionths of watts per node, the average over the hosts that tell; 0 when none does.
    Wide watts(const Day& day) const;
    // Prism showed it on that day, or never showed when it was there.
    bool is_there(const Day& day) const;
    // For messages.
    const std::string& title() const noexcept { return name.empty() ? id : name; }
};

// Lets a map of texts be searched by a view.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};
using Positions = std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>>;

class Infrastructure {
  public:
    explicit Infrastructure(const StorageRules& storage) : storage_(storage) {}

    // Takes note of a shape of any class.
    void add(pf::Value shape);

    // The position of a cluster that has been seen; "" is that of what has none.
    std::size_t cluster(std::string_view id) const;

    const std::vector<Cluster>& clusters() const noexcept { return clusters_; }

    // The positions of the clusters, ordered by id.
    std::vector<std::size_t> by_id() const;

    // The tier of a disk.
    std::size_t tier(const DiskView& disk) const;

  private:
    Cluster& note_cluster(std::string_view id, std::string_view name);
    std::size_t tier_of(std::string_view id, std::string_view name,
                        std::optional<bool> is_flash) const;

    const StorageRules& storage_;
    std::vector<Cluster> clusters_;
    Positions positions_;
    Positions tiers_;  // of containers by UUID
};

}  // namespace cost
