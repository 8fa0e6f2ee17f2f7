// What a shape uses in each second, slot by slot: the rules of the model for machines that are off,
// storage bases, graphics cards, licences and items. Prices are not known here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bill.hpp"
#include "infrastructure.hpp"
#include "model.hpp"
#include "output.hpp"
#include "shape.hpp"
#include "slots.hpp"

namespace cost {

// How long the machines that one licence is for ran on each host and day: the price of a host is
// shared by time.
class HostShares {
  public:
    explicit HostShares(std::size_t days) : days_(days) {}

    void add(std::size_t licence, std::string_view host, std::size_t day, std::int64_t seconds);
    // The machine seconds on the host that day.
    std::int64_t seconds(std::size_t licence, std::string_view host, std::size_t day) const;

  private:
    std::size_t days_;
    std::map<std::pair<std::size_t, std::string>, std::vector<std::int64_t>, std::less<>> table_;
};

class UsageRules {
  public:
    UsageRules(const Model& model, const Slots& slots, const Infrastructure& infrastructure,
               Output& output)
        : model_(model), slots_(slots), infrastructure_(infrastructure), output_(output) {}

    // What the shape uses, into `usage`. Licences per host are in `host_licences` instead.
    void read(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage,
              std::vector<std::size_t>& host_licences);

    // The shared pool the shape is part of, or no_pool.
    std::size_t pool_of(const Shape& shape) const;

  private:
    void read_compute(const Shape& shape, std::vector<Usage>& usage) const;
    void read_storage(const Shape& shape, std::vector<Usage>& usage);
    void read_gpus(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage);
    void read_licences(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage,
                       std::vector<std::size_t>& host_licences) const;
    void read_items(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage) const;
    // Trillionths of a card.
    Wide card_share(const Gpu& gpu, const GpuView& view);
    // A note of which one a model's name is enough, and a hundred are.
    void tell_once(std::string_view code, std::string_view id, std::string_view why);

    const Model& model_;
    const Slots& slots_;
    const Infrastructure& infrastructure_;
    Output& output_;
    std::vector<Wide> tier_bytes_;
    std::vector<std::int64_t> tier_parts_;
    std::set<std::string, std::less<>> told_;
};

}  // namespace cost
