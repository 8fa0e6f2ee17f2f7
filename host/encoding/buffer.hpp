// Buffer: growing bytes for encoders. Memory is kept between rows and comes from a pool between
// batches, so a run allocates only while its largest batch is still growing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "host/encoding/block.hpp"

namespace pf::host::encoding {

class Buffer {
  public:
    std::size_t size() const noexcept { return size_; }
    const char* data() const noexcept { return bytes_; }
    char* data() noexcept { return bytes_; }
    std::string_view view(std::size_t from = 0) const noexcept {
        return {bytes_ + from, size_ - from};
    }

    // Room for `count` more bytes; what it points to is not yet part of the content.
    char* room(std::size_t count) {
        if (capacity_ - size_ < count) {
            grow(count);
        }
        return bytes_ + size_;
    }
    void advance(std::size_t count) noexcept { size_ += count; }

    void push(char byte) {
        *room(1) = byte;
        ++size_;
    }
    void append(std::string_view text) {
        if (text.empty()) {
            return;
        }
        std::memcpy(room(text.size()), text.data(), text.size());
        size_ += text.size();
    }
    // Drops everything from `size` on.
    void truncate(std::size_t size) noexcept { size_ = size; }
    void clear() noexcept { size_ = 0; }

    // Moves the content out; the buffer starts anew in `next`, whose content is dropped.
    Block take(Block next) noexcept {
        block_.resize(size_);
        usual_ = std::max(usual_, capacity_);
        Block content = std::move(block_);
        block_ = std::move(next);
        use_block();
        size_ = 0;
        return content;
    }

  private:
    void use_block() noexcept {
        bytes_ = block_.data();
        capacity_ = block_.capacity();
    }
    void grow(std::size_t count) {
        const std::size_t wanted = size_ + count;
        block_.resize(size_);
        // Batches are alike: a fresh block gets at once what the ones before it came to need.
        block_.reserve(std::max({std::size_t{4096}, usual_, wanted, capacity_ + capacity_ / 2}));
        use_block();
    }

    // The block's memory and capacity, at hand.
    char* bytes_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
    std::size_t usual_ = 0;
    Block block_;
};

}  // namespace pf::host::encoding
