#include "host/prism/body.hpp"

#include <algorithm>
#include <cstring>

namespace pf::host::prism {

void Body::reserve(std::size_t capacity) {
    if (capacity <= capacity_ && bytes_) {
        return;
    }
    auto larger = std::make_unique_for_overwrite<char[]>(capacity + padding);
    if (size_ > 0) {
        std::memcpy(larger.get(), bytes_.get(), size_);
    }
    std::memset(larger.get() + size_, 0, padding);
    bytes_ = std::move(larger);
    capacity_ = capacity;
}

void Body::resize(std::size_t size) {
    if (size > capacity_ || !bytes_) {
        reserve(std::max(size, capacity_ + capacity_ / 2));
    }
    size_ = size;
    std::memset(bytes_.get() + size_, 0, padding);
}

}  // namespace pf::host::prism
