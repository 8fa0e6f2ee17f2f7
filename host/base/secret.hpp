// Secret: text that must not be shown. It has no stream operator and no implicit conversion, and
// wipes its memory when it dies.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace pf::host {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
    Secret& operator=(const Secret& other) {
        if (this != &other) {
            wipe();
            text_ = other.text_;
        }
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            text_ = std::move(other.text_);
            other.wipe();
        }
        return *this;
    }
    ~Secret() { wipe(); }

    bool empty() const noexcept { return text_.empty(); }
    // The text itself, for the one place that sends it. Valid while this object is unchanged.
    std::string_view reveal() const noexcept { return text_; }

  private:
    void wipe() noexcept {
        // volatile keeps the compiler from dropping writes to memory that is about to be freed.
        volatile char* bytes = text_.data();
        for (std::size_t i = 0; i < text_.size(); ++i) {
            bytes[i] = 0;
        }
        text_.clear();
    }
    std::string text_;
};

}  // namespace pf::host
