// Buffer: growing bytes for encoders. Memory is kept between rows, so a run allocates only while
// its largest batch is still growing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace pf::host::encoding {

class Buffer {
  public:
    std::size_t size() const noexcept { return size_; }
    const char* data() const noexcept { return bytes_.data(); }
    char* data() noexcept { return bytes_.data(); }
    std::string_view view(std::size_t from = 0) const noexcept {
        return {bytes_.data() + from, size_ - from};
    }

    // Room for `count` more bytes; what it points to is not yet part of the content.
    char* room(std::size_t count) {
        if (bytes_.size() - size_ < count) {
            grow(count);
        }
        return bytes_.data() + size_;
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

    // Moves the content out, sized exactly; the buffer starts anew with `spare` as its memory.
    std::vector<char> take(std::vector<char> spare) {
        bytes_.resize(size_);
        std::vector<char> content = std::move(bytes_);
        bytes_ = std::move(spare);
        bytes_.resize(bytes_.capacity());
        size_ = 0;
        return content;
    }

  private:
    void grow(std::size_t count) {
        const std::size_t wanted = size_ + count;
        std::size_t capacity = bytes_.size() < 4096 ? 4096 : bytes_.size();
        while (capacity < wanted) {
            capacity += capacity / 2;
        }
        bytes_.resize(capacity);
    }

    std::vector<char> bytes_;
    std::size_t size_ = 0;
};

}  // namespace pf::host::encoding
