// Body: the bytes of one answer, followed by readable zero bytes so that a SIMD parser may read
// past the end. Moved, never copied; its memory goes back to the list's pool when it dies.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace pf::host::prism {

class Body {
  public:
    static constexpr std::size_t padding = 64;

    Body() = default;
    // Reserves `capacity` bytes plus padding. Content up to resize() is undefined.
    void reserve(std::size_t capacity);
    // Sets the length within capacity (growing if needed) and zeroes the padding.
    void resize(std::size_t size);

    char* data() noexcept { return bytes_.get(); }
    const char* data() const noexcept { return bytes_.get(); }
    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    std::string_view text() const noexcept { return {bytes_.get(), size_}; }

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace pf::host::prism
