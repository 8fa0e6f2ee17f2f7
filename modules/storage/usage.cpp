#include "usage.hpp"

#include <algorithm>
#include <string_view>

namespace storage {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;

// [{timestamp, value}], newest first by the rule; the times tell in any case.
std::optional<std::int64_t> newest(pf::Value series) {
    std::optional<std::int64_t> value;
    std::string_view newest_time;
    for (const pf::Value sample : series) {
        const std::string_view time = sample["timestamp"].str();
        const std::optional<std::int64_t> measured = sample["value"].i64();
        if (!measured || *measured < 0 || (value && time <= newest_time)) continue;
        value = measured;
        newest_time = time;
    }
    return value;
}

}  // namespace

Usage newest_usage(pf::Value stats) {
    return {newest(stats["storageCapacityBytes"]), newest(stats["storageUsageBytes"]),
            newest(stats["storageFreeBytes"])};
}

void complete(Usage& usage) noexcept {
    const auto difference = [](const auto& whole, const auto& part) {
        const bool is_known = whole && part && *part <= *whole;
        return is_known ? std::optional(*whole - *part) : std::nullopt;
    };
    if (!usage.used) usage.used = difference(usage.capacity, usage.free);
    if (!usage.free) usage.free = difference(usage.capacity, usage.used);
}

std::int64_t in_steps(std::int64_t bytes, std::int64_t capacity) noexcept {
    const std::int64_t step = capacity > 0 ? std::max<std::int64_t>(capacity / 100, 1) : gib;
    return bytes / step * step;
}

void write_usage(pf::Object& data, const Usage& usage) {
    const std::int64_t capacity = usage.capacity.value_or(0);
    pf::Object out = data.object("usage");
    if (usage.used) out.put("used_bytes", in_steps(*usage.used, capacity));
    if (usage.free) out.put("free_bytes", in_steps(*usage.free, capacity));
    if (usage.used && capacity >= 100) out.put("used_percent", *usage.used / (capacity / 100));
}

}  // namespace storage
