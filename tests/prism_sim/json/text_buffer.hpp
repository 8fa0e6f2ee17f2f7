#pragma once
// Growing text for answers: appends are unchecked copies behind one room() call.
// One buffer is reused for many answers; clear() keeps the memory.

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace pf::sim {

class TextBuffer {
  public:
    /// A place for at least `bytes` more; write there, then tell commit() where it ended.
    char* room(std::size_t bytes) {
        if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
        return at_;
    }
    void commit(char* end) { at_ = end; }

    void append(std::string_view text) {
        char* place = room(text.size());
        commit(place + text.copy(place, text.size()));
    }

    /// Last byte written, 0 when empty.
    [[nodiscard]] char back() const { return at_ == begin_.get() ? '\0' : at_[-1]; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_.get()); }
    [[nodiscard]] std::string_view view() const { return {begin_.get(), size()}; }
    void clear() { at_ = begin_.get(); }
    /// Forgets what follows the first `size` bytes.
    void cut(std::size_t size) { at_ = begin_.get() + size; }

  private:
    void grow(std::size_t bytes);

    std::unique_ptr<char[]> begin_;
    char* at_ = nullptr;
    char* end_ = nullptr;
};

}  // namespace pf::sim
