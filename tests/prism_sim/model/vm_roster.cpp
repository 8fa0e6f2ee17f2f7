#include "tests/prism_sim/model/vm_roster.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {
namespace {

template <class Key, class KeyOf>
void sort_by_key(std::vector<std::uint32_t>& serials, KeyOf key_of) {
    std::vector<std::pair<Key, std::uint32_t>> keyed;
    keyed.reserve(serials.size());
    for (const std::uint32_t serial : serials) keyed.emplace_back(key_of(serial), serial);
    std::sort(keyed.begin(), keyed.end());
    std::transform(keyed.begin(), keyed.end(), serials.begin(),
                   [](const auto& k) { return k.second; });
}

}  // namespace

VmRoster::VmRoster(const World& world, Permissions permissions)
    : world_(world),
      permissions_(std::move(permissions)),
      per_cluster_(world.clusters.size()),
      per_host_(world.hosts.size()) {
    Serials& all = orders_[kEverything];
    all.reserve(world.size.vms + 64);
    for (; next_serial_ < world.size.vms; ++next_serial_) {
        all.push_back(next_serial_);
        count(next_serial_, 1);
    }
}

bool VmRoster::is_in(const Scope& scope, std::uint32_t serial) const {
    if (scope.cluster != kNone) {
        const Placement place = place_vm(world_, serial);
        if (!place.has_cluster || place.cluster != scope.cluster) return false;
    }
    return !scope.is_filtered || permissions_.sees_vm(world_, serial);
}

bool VmRoster::is_before(VmOrder order, std::uint32_t a, std::uint32_t b) const {
    switch (order) {
        case VmOrder::created:
            return a < b;
        case VmOrder::ext_id:
            return vm_id(world_, a) < vm_id(world_, b);
        case VmOrder::name:
            return std::pair(vm_name(world_, a), a) < std::pair(vm_name(world_, b), b);
    }
    return a < b;
}

void VmRoster::sort(VmOrder order, Serials& serials) const {
    if (order == VmOrder::ext_id) {
        sort_by_key<Uuid>(serials, [this](std::uint32_t s) { return vm_id(world_, s); });
    } else if (order == VmOrder::name) {
        sort_by_key<std::string>(serials, [this](std::uint32_t s) { return vm_name(world_, s); });
    }
}

void VmRoster::build(const Scope& scope) {
    if (orders_.contains(scope)) return;
    Serials serials = orders_[kEverything];
    if (scope.cluster != kNone || scope.is_filtered)
        std::erase_if(serials, [&](std::uint32_t serial) { return !is_in(scope, serial); });
    sort(scope.order, serials);
    orders_.emplace(scope, std::move(serials));
}

std::uint64_t VmRoster::select(const VmSelection& selection, std::vector<std::uint32_t>& serials) {
    const Scope scope{selection.cluster, selection.order, !permissions_.sees_every_vm()};
    std::shared_lock lock(mutex_);
    auto found = orders_.find(scope);
    while (found == orders_.end()) {
        lock.unlock();
        {
            const std::unique_lock building(mutex_);
            build(scope);
        }
        lock.lock();
        found = orders_.find(scope);
    }
    const Serials& all = found->second;
    serials.clear();
    const std::uint64_t last =
        std::min<std::uint64_t>(all.size(), selection.offset + selection.limit);
    for (std::uint64_t at = selection.offset; at < last; ++at)
        serials.push_back(all[selection.descending ? all.size() - 1 - at : at]);
    return all.size();
}

std::optional<std::uint32_t> VmRoster::find(const Uuid& id) {
    const VmSelection nothing{.order = VmOrder::ext_id, .limit = 0};
    std::vector<std::uint32_t> unused;
    select(nothing, unused);
    const std::shared_lock lock(mutex_);
    const Serials& sorted =
        orders_.find({kNone, VmOrder::ext_id, !permissions_.sees_every_vm()})->second;
    const auto at = std::lower_bound(
        sorted.begin(), sorted.end(), id,
        [this](std::uint32_t s, const Uuid& wanted) { return vm_id(world_, s) < wanted; });
    if (at == sorted.end() || vm_id(world_, *at) != id) return std::nullopt;
    return *at;
}

void VmRoster::count(std::uint32_t serial, std::int32_t change) {
    const Placement place = place_vm(world_, serial);
    if (place.has_cluster) per_cluster_[place.cluster] += static_cast<std::uint32_t>(change);
    if (place.host != kNone) per_host_[place.host] += static_cast<std::uint32_t>(change);
}

template <class Change>
void VmRoster::at_each_place(std::uint32_t serial, Change change) {
    for (auto& entry : orders_) {
        const Scope& scope = entry.first;
        Serials& serials = entry.second;
        if (!is_in(scope, serial)) continue;
        change(serials, std::lower_bound(serials.begin(), serials.end(), serial,
                                         [&](std::uint32_t a, std::uint32_t b) {
                                             return is_before(scope.order, a, b);
                                         }));
    }
}

void VmRoster::insert(std::uint32_t serial) {
    at_each_place(serial, [serial](Serials& serials, auto at) { serials.insert(at, serial); });
    count(serial, 1);
    ++created_;
}

void VmRoster::erase(std::uint32_t serial) {
    at_each_place(serial, [](Serials& serials, auto at) { serials.erase(at); });
    count(serial, -1);
    ++deleted_;
}

void VmRoster::churn() {
    const std::unique_lock lock(mutex_);
    const Serials& all = orders_[kEverything];
    Draws draws(world_.seed(), Kind::churn, churn_steps_);
    const bool is_deletion = churn_steps_++ % 2 == 0 && !all.empty();
    if (is_deletion) {
        erase(all[draws.below(static_cast<std::uint32_t>(all.size()))]);
    } else {
        insert(next_serial_++);
    }
}

void VmRoster::add() {
    const std::unique_lock lock(mutex_);
    insert(next_serial_++);
}

void VmRoster::remove_at(std::uint64_t place) {
    const std::unique_lock lock(mutex_);
    const Scope scope{kNone, VmOrder::ext_id, !permissions_.sees_every_vm()};
    build(scope);
    const Serials& sorted = orders_.find(scope)->second;
    if (!sorted.empty()) erase(sorted[std::min<std::uint64_t>(place, sorted.size() - 1)]);
}

std::vector<Uuid> VmRoster::edit(std::uint64_t count) {
    const std::unique_lock lock(mutex_);
    const Serials& all = orders_[kEverything];
    const std::uint64_t shift = edit_steps_++;
    std::vector<Uuid> ids;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count, all.size()); ++i) {
        const std::uint32_t serial = all[(i * all.size() / count + shift) % all.size()];
        world_.edits->add(serial);
        ids.push_back(vm_id(world_, serial));
    }
    return ids;
}

std::vector<Uuid> VmRoster::ids() const {
    const std::shared_lock lock(mutex_);
    std::vector<Uuid> ids;
    for (const std::uint32_t serial : orders_.find(kEverything)->second)
        ids.push_back(vm_id(world_, serial));
    return ids;
}

std::vector<Uuid> VmRoster::visible_ids() {
    const VmSelection everything{.limit = 0xffffffff};
    Serials serials;
    select(everything, serials);
    std::vector<Uuid> ids;
    ids.reserve(serials.size());
    for (const std::uint32_t serial : serials) ids.push_back(vm_id(world_, serial));
    return ids;
}

std::uint64_t VmRoster::size() const {
    const std::shared_lock lock(mutex_);
    return orders_.find(kEverything)->second.size();
}

std::uint64_t VmRoster::created() const {
    const std::shared_lock lock(mutex_);
    return created_;
}

std::uint64_t VmRoster::deleted() const {
    const std::shared_lock lock(mutex_);
    return deleted_;
}

std::uint32_t VmRoster::count_in_cluster(std::uint32_t cluster) const {
    const std::shared_lock lock(mutex_);
    return per_cluster_[cluster];
}

std::uint32_t VmRoster::count_on_host(std::uint32_t host) const {
    const std::shared_lock lock(mutex_);
    return per_host_[host];
}

}  // namespace pf::sim
