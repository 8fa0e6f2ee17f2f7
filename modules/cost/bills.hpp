// Makes bills of the shapes: each pass over the shapes calls the same bills in the same order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bill.hpp"
#include "infrastructure.hpp"
#include "output.hpp"
#include "usage.hpp"

namespace cost {

class Bills {
  public:
    Bills(ShapeSource& source, const Model& model, const Slots& slots, const Days& days,
          const Infrastructure& infrastructure, Output& output)
        : source_(source),
          model_(model),
          slots_(slots),
          days_(days),
          infrastructure_(infrastructure),
          rules_(model, slots, infrastructure, output),
          hosts_(days.size()),
          bill_(days, slots.size(), !model.bands.empty()) {}

    // Reads the shapes once more and calls for each bill that has a day. Ends the call when the
    // shapes are out of order, or two of one resource overlap.
    void each(const std::function<void(const Bill&)>& take) { each(take, {}); }
    // The same, and `see` is called for each shape before the bill it is on.
    void each(const std::function<void(const Bill&)>& take,
              const std::function<void(const Shape&)>& see);

    // Reads the shapes once, only to learn which host is shared by how many machines. Without
    // licences per host there is nothing to learn.
    void learn_hosts();

  private:
    void check_order(const Shape& shape);
    // Puts the shape on the bill of its days; a bill that is complete is handed out before. False:
    // there is nothing to charge.
    bool enter(const Shape& shape, const std::function<void(const Bill&)>& take);
    void add_day(const Shape& shape, std::size_t day, const Cluster& cluster);
    void add_bands(const Shape& shape, std::size_t day, const Cluster& cluster);
    // The card whose factors hold for the cluster that day; null for another block.
    const RateCard* card(const Cluster& cluster, std::size_t day);
    std::size_t first_day(std::int64_t from) const;

    ShapeSource& source_;
    const Model& model_;
    const Slots& slots_;
    const Days& days_;
    const Infrastructure& infrastructure_;
    UsageRules rules_;
    HostShares hosts_;
    Bill bill_;
    Shape shape_;
    std::vector<Usage> usage_;
    std::vector<std::size_t> host_licences_;
    std::string last_id_;
    std::int64_t last_to_ = 0;
};

}  // namespace cost
