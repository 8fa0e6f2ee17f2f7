#pragma once
// What was changed of VMs since the start: how often each. All members may be called from any
// thread; as long as nothing was changed, asking costs next to nothing.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace pf::sim {

class VmEdits {
  public:
    void add(std::uint64_t serial) {
        const std::unique_lock lock(mutex_);
        ++times_[serial];
        is_used_ = true;
    }

    [[nodiscard]] std::uint32_t times(std::uint64_t serial) const {
        if (!is_used_) return 0;
        const std::shared_lock lock(mutex_);
        const auto found = times_.find(serial);
        return found == times_.end() ? 0 : found->second;
    }

  private:
    std::atomic<bool> is_used_ = false;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::uint64_t, std::uint32_t> times_;  // by the serial of the VM
};

}  // namespace pf::sim
