#include "usage.hpp"

#include <algorithm>

#include "largest_remainder.hpp"

namespace cost {
namespace {

constexpr std::size_t most_told = 100;
constexpr Wide pico_per_nano = pico / nano;

bool selects(const Selection& selection, const Shape& shape) noexcept {
    return (selection.os.empty() || matches_any(selection.os, shape.os)) &&
           (selection.categories.empty() || has_one_of(selection.categories, shape.categories)) &&
           (selection.resources.empty() || contains(selection.resources, shape.id, shape.name));
}

std::int64_t provisioned(const Shape& shape) {
    Wide bytes = 0;
    for (const DiskView& disk : shape.disks) bytes = sum(bytes, disk.bytes);
    return narrow(bytes);
}

// The bytes that the storage basis charges.
std::int64_t charged_bytes(const StorageRules& rules, const Shape& shape) {
    const std::int64_t disks = provisioned(shape);
    if (rules.basis == Basis::provisioned) return disks;
    Wide bytes = shape.used_bytes.value_or(disks);
    if (rules.basis != Basis::used) bytes = sum(bytes, shape.snapshot_bytes.value_or(0));
    if (rules.basis == Basis::physical) {
        bytes = divide_half_even(product(bytes, rules.replication_factor), rules.data_reduction);
    }
    return narrow(bytes);
}

std::int64_t item_bytes(const Item& item, const Shape& shape) {
    if (item.what == "snapshot") return shape.snapshot_bytes.value_or(0);
    if (item.what == "volume_group" || item.what == "machine") return provisioned(shape);
    return shape.used_bytes.value_or(0);
}

bool is_for(const Item& item, const Shape& shape) noexcept {
    return item.what == "snapshot" ? shape.is_machine() : shape.what == item.what;
}

}  // namespace

void HostShares::add(std::size_t licence, std::string_view host, std::size_t day,
                     std::int64_t seconds) {
    auto& days = table_[{licence, std::string(host)}];
    days.resize(days_, 0);
    days[day] += seconds;
}

std::int64_t HostShares::seconds(std::size_t licence, std::string_view host,
                                 std::size_t day) const {
    const auto found = table_.find(std::pair(licence, std::string(host)));
    return found == table_.end() ? 0 : found->second[day];
}

void UsageRules::tell_once(std::string_view code, std::string_view id, std::string_view why) {
    if (told_.size() >= most_told || told_.contains(id)) return;
    told_.emplace(id);
    output_.note(code, id, why);
}

void UsageRules::read(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage,
                      std::vector<std::size_t>& host_licences) {
    usage.clear();
    host_licences.clear();
    if (shape.is_machine()) {
        read_compute(shape, usage);
        read_gpus(shape, cluster, usage);
        read_licences(shape, cluster, usage, host_licences);
    }
    if (shape.is_machine() || shape.what == "volume_group") read_storage(shape, usage);
    if (!model_.items.empty()) read_items(shape, cluster, usage);
}

std::size_t UsageRules::pool_of(const Shape& shape) const {
    const std::vector<Pool>& pools = model_.allocation.pools;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        if (!shape.is_machine()) break;
        if (contains(pools[i].resources, shape.id, shape.name) ||
            has_one_of(pools[i].categories, shape.categories)) {
            return i;
        }
    }
    return no_pool;
}

void UsageRules::read_compute(const Shape& shape, std::vector<Usage>& usage) const {
    const PoweredOff rule = model_.allocation.powered_off;
    if ((shape.is_on || rule == PoweredOff::all) && shape.vcpus > 0)
        usage.push_back({vcpu_slot, shape.vcpus});
    if ((shape.is_on || rule != PoweredOff::storage) && shape.memory_bytes > 0)
        usage.push_back({memory_slot, shape.memory_bytes});
}

void UsageRules::read_storage(const Shape& shape, std::vector<Usage>& usage) {
    const std::int64_t bytes = charged_bytes(model_.storage, shape);
    if (bytes == 0) return;
    tier_bytes_.assign(model_.storage.tiers.size(), 0);
    tier_parts_.assign(model_.storage.tiers.size(), 0);
    for (const DiskView& disk : shape.disks) tier_bytes_[infrastructure_.tier(disk)] += disk.bytes;
    if (provisioned(shape) == 0) tier_bytes_[model_.storage.default_tier] = 1;
    split_by_weight(bytes, tier_bytes_, tier_parts_);
    for (std::size_t tier = 0; tier < tier_parts_.size(); ++tier)
        if (tier_parts_[tier] > 0) usage.push_back({first_tier_slot + tier, tier_parts_[tier]});
}

Wide UsageRules::card_share(const Gpu& gpu, const GpuView& view) {
    if (!view.is_virtual) return pico;
    const Wide card = view.card_bytes > 0 ? static_cast<Wide>(view.card_bytes)
                      : gpu.card_gib      ? product(*gpu.card_gib, gib) / nano
                                          : 0;
    if (view.profile_bytes > 0 && card > 0)
        return std::min<Wide>(pico, divide_half_even(product(view.profile_bytes, pico), card));
    if (gpu.slots) return divide_half_even(pico, *gpu.slots);
    tell_once(
        "cost.gpu_share_unknown", view.model,
        "what share of a card this virtual GPU has is not known, a whole one is charged; state "
        "card_gib or slots in gpus");
    return pico;
}

void UsageRules::read_gpus(const Shape& shape, const Cluster& cluster, std::vector<Usage>& usage) {
    for (const GpuView& view : shape.gpus) {
        const auto priced =
            std::find_if(model_.gpus.begin(), model_.gpus.end(), [&](const Gpu& gpu) {
                return matches_any(gpu.models, view.model) &&
                       names_cluster(gpu.clusters, cluster.id, cluster.name);
            });
        if (priced == model_.gpus.end()) {
            if (!model_.gpus.empty())
                tell_once("cost.gpu_unpriced", view.model, "no entry of gpus prices this model");
            continue;
        }
        if (!shape.is_on && !priced->is_always) continue;
        const auto number = static_cast<std::size_t>(priced - model_.gpus.begin());
        usage.push_back({slots_.gpu(number), card_share(*priced, view)});
    }
}

void UsageRules::read_licences(const Shape& shape, const Cluster& cluster,
                               std::vector<Usage>& usage,
                               std::vector<std::size_t>& host_licences) const {
    for (std::size_t i = 0; i < model_.licences.size(); ++i) {
        const Licence& licence = model_.licences[i];
        if (!shape.is_on && !licence.is_always) continue;
        if (!names_cluster(licence.clusters, cluster.id, cluster.name) ||
            !selects(licence.selection, shape)) {
            continue;
        }
        if (licence.per == LicencePer::host) {
            if (!shape.host.empty()) host_licences.push_back(i);
            continue;
        }
        Wide units = pico;
        if (licence.per != LicencePer::vm) {
            const bool has_cores = licence.per == LicencePer::core && shape.cores > 0;
            units = product(has_cores ? shape.cores : shape.vcpus, pico);
            units = std::max(units, product(licence.minimum, pico_per_nano));
        }
        if (units > 0) usage.push_back({slots_.licence(i), units});
    }
}

void UsageRules::read_items(const Shape& shape, const Cluster& cluster,
                            std::vector<Usage>& usage) const {
    for (std::size_t i = 0; i < model_.items.size(); ++i) {
        const Item& item = model_.items[i];
        if (!is_for(item, shape) || (shape.is_machine() && !shape.is_on && !item.is_always)) {
            continue;
        }
        if (!names_cluster(item.clusters, cluster.id, cluster.name) ||
            !selects(item.selection, shape)) {
            continue;
        }
        const Wide units = item.is_per_gib ? static_cast<Wide>(item_bytes(item, shape)) : pico;
        if (units > 0) usage.push_back({slots_.item(i), units});
    }
}

}  // namespace cost
