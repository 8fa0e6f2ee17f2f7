#include "tests/prism_sim/json/text_buffer.hpp"

#include <algorithm>

namespace pf::sim {

void TextBuffer::grow(std::size_t bytes) {
    const std::size_t used = size();
    const std::size_t capacity = std::max(used + bytes + 256, 2 * (used + 2048));
    auto bigger = std::make_unique_for_overwrite<char[]>(capacity);
    if (used != 0) std::memcpy(bigger.get(), begin_.get(), used);
    begin_ = std::move(bigger);
    at_ = begin_.get() + used;
    end_ = begin_.get() + capacity;
}

}  // namespace pf::sim
