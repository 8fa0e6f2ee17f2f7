#include "host/encoding/block.hpp"

#include <cstring>

namespace pf::host::encoding {

void Block::reserve(std::size_t capacity) {
    if (capacity <= capacity_) {
        return;
    }
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) {
        std::memcpy(larger.get(), bytes_.get(), size_);
    }
    bytes_ = std::move(larger);
    capacity_ = capacity;
}

void Block::go_home() noexcept {
    if (home_ && bytes_) {
        home_->give_back({std::move(bytes_), capacity_});
    }
}

Block BlockPool::take() {
    Block block;
    block.home_ = shared_from_this();
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
        block.bytes_ = std::move(free_.back().bytes);
        block.capacity_ = free_.back().capacity;
        free_.pop_back();
    }
    return block;
}

void BlockPool::give_back(Memory memory) noexcept {
    const std::lock_guard lock(mutex_);
    if (free_.size() < most_) {
        free_.push_back(std::move(memory));  // within what was reserved: cannot throw
    }
}

}  // namespace pf::host::encoding
