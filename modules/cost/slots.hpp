// What a machine can be charged for, numbered: one slot per usage type of the model. Quantities are
// kept in the slot's own fine unit, times seconds.
//
//   vcpu 0 | memory 1 | storage.<tier> ... | gpu.<name> ... | licence.<name> ... | item.<name> ...
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model.hpp"
#include "text_limit.hpp"

namespace cost {

inline constexpr std::size_t vcpu_slot = 0;
inline constexpr std::size_t memory_slot = 1;
inline constexpr std::size_t first_tier_slot = 2;

// Parts of a card, a licence or a thing: quantities of these slots count trillionths.
inline constexpr std::int64_t pico = 1'000'000'000'000;
inline constexpr std::int64_t gib = 1LL << 30;
inline constexpr std::int64_t hour_seconds = 3600;
inline constexpr std::int64_t day_seconds = 86400;

struct Slot {
    std::string usage_type;
    std::string usage_unit;
    Wide per_unit = 1;  // quantity of one usage_unit in the slot's fine unit
};

class Slots {
  public:
    explicit Slots(const Model& model) {
        add("vcpu", "vCPU-hour", hour_seconds);
        add("memory", "GiB-hour", static_cast<Wide>(gib) * hour_seconds);
        for (const Tier& tier : model.storage.tiers)
            add("storage." + tier.name, "GiB-day", static_cast<Wide>(gib) * day_seconds);
        first_gpu_ = slots_.size();
        for (const Gpu& gpu : model.gpus)
            add("gpu." + gpu.name, "GPU-hour", static_cast<Wide>(pico) * hour_seconds);
        first_licence_ = slots_.size();
        for (const Licence& licence : model.licences)
            add("licence." + licence.name, unit_of(licence), static_cast<Wide>(pico) * day_seconds);
        first_item_ = slots_.size();
        for (const Item& item : model.items)
            add("item." + item.name, item.is_per_gib ? "GiB-day" : "item-day",
                static_cast<Wide>(item.is_per_gib ? gib : pico) * day_seconds);
    }

    std::size_t size() const noexcept { return slots_.size(); }
    const Slot& operator[](std::size_t slot) const noexcept { return slots_[slot]; }

    std::size_t gpu(std::size_t number) const noexcept { return first_gpu_ + number; }
    std::size_t licence(std::size_t number) const noexcept { return first_licence_ + number; }
    std::size_t item(std::size_t number) const noexcept { return first_item_ + number; }

    // Slots before this one are priced by the cluster's block, the others by the model's lists.
    std::size_t first_direct() const noexcept { return first_gpu_; }

    // Which pool of a total-cost block a slot before first_direct() draws from.
    static Resource resource(std::size_t slot) noexcept {
        return slot == vcpu_slot ? cpu : slot == memory_slot ? memory : storage;
    }

  private:
    static const char* unit_of(const Licence& licence) noexcept {
        switch (licence.per) {
            case LicencePer::vm:
                return "VM-day";
            case LicencePer::vcpu:
                return "vCPU-day";
            case LicencePer::core:
                return "core-day";
            case LicencePer::host:
                break;
        }
        return "host-day";
    }

    void add(const std::string& type, const char* unit, Wide per_unit) {
        slots_.push_back({std::string(fitting(type)), unit, per_unit});
    }

    std::vector<Slot> slots_;
    std::size_t first_gpu_ = 0;
    std::size_t first_licence_ = 0;
    std::size_t first_item_ = 0;
};

}  // namespace cost
