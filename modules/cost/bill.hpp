// A bill: what one resource used on each day, while nothing about who pays for it changed. One Bill
// is filled, written and cleared again and again, so memory does not grow with the machines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "days.hpp"
#include "shape.hpp"
#include "slots.hpp"

namespace cost {

inline constexpr std::size_t no_pool = static_cast<std::size_t>(-1);

// How much of a slot a shape uses in each second.
struct Usage {
    std::size_t slot = 0;
    Wide units = 0;
};

// The texts of a bill; copies, since shapes die with the next one.
struct BillTexts {
    std::string id, name, product, region, project, owner;
};

class Bill {
  public:
    Bill(const Days& days, std::size_t slots, bool has_bands)
        : days_(days),
          slots_(slots),
          quantities_(days.size() * slots, 0),
          weighted_(has_bands ? days.size() * weighted_slots : 0, 0),
          seconds_(days.size(), 0) {}

    // Takes over who pays. Only an empty bill can be begun.
    void begin(const Shape& shape, std::size_t cluster, std::size_t pool,
               const std::string& untagged);

    // Does this shape go on the bill begun? `pool` and `cluster` are the shape's.
    bool takes(const Shape& shape, std::size_t cluster, std::size_t pool,
               const std::string& untagged) const;

    // Adds a shape's use between two instants of a day.
    void add(std::size_t day, std::int64_t seconds, const std::vector<Usage>& usage);

    // Adds a quantity that is no plain number of units per second. After add() of the same day.
    void add_quantity(std::size_t day, std::size_t slot, Wide amount) {
        Wide& place = quantities_[day * slots_ + slot];
        place = sum(place, amount);
    }

    // Adds seconds of vCPU or memory weighted with a band's factor in billionths.
    void add_weighted(std::size_t day, std::size_t slot, Wide amount) {
        Wide& place = weighted_[day * weighted_slots + slot];
        place = sum(place, amount);
    }

    // Forgets all of it.
    void clear();

    bool is_empty() const noexcept { return texts_.id.empty(); }
    std::size_t first_day() const noexcept { return first_day_; }
    std::size_t end_day() const noexcept { return end_day_; }
    std::int64_t seconds(std::size_t day) const noexcept { return seconds_[day]; }
    Wide quantity(std::size_t day, std::size_t slot) const noexcept {
        return quantities_[day * slots_ + slot];
    }
    // What the price is for: the quantity, or with time of use the weighted one.
    Wide weighted(std::size_t day, std::size_t slot) const noexcept {
        return weighted_[day * weighted_slots + slot];
    }

    const BillTexts& texts() const noexcept { return texts_; }
    const std::vector<Category>& categories() const noexcept { return categories_; }
    std::size_t category_count() const noexcept { return category_count_; }
    std::size_t cluster() const noexcept { return cluster_; }
    std::size_t pool() const noexcept { return pool_; }
    bool is_measured() const noexcept { return is_measured_; }
    bool is_machine() const noexcept { return is_machine_; }

  private:
    static constexpr std::size_t weighted_slots = first_tier_slot;  // vCPU and memory

    const Days& days_;
    std::size_t slots_;
    std::vector<Wide> quantities_;
    std::vector<Wide> weighted_;
    std::vector<std::int64_t> seconds_;
    BillTexts texts_;
    std::vector<Category> categories_;  // the first category_count_ are in use
    std::size_t category_count_ = 0;
    std::size_t cluster_ = 0;
    std::size_t pool_ = no_pool;
    bool is_measured_ = false;
    bool is_machine_ = false;
    std::size_t first_day_ = 0;
    std::size_t end_day_ = 0;
};

}  // namespace cost
