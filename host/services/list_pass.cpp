#include "host/services/list_pass.hpp"

#include <algorithm>

namespace pf::host::services {
namespace {

constexpr std::uint64_t most_idle_pages = 2;

}  // namespace

void ListPass::add(const PageCount& page) {
    if (page.items == 0 && has_all_counted()) {
        ++pages_;
        end();  // the page behind the last one: what it counts says nothing
        return;
    }
    total_ = page.total;
    had_total_ = had_total_ || page.total.has_value();
    if (pages_ == 0) {
        first_total_ = total();
        first_items_ = page.items;
    }
    total_changed_ = total_changed_ || total() != first_total_;
    is_truncated_ = page.items > 0 ? page.is_truncated : is_truncated_;
    items_ += page.items;
    last_items_ = page.items;
    different_ += page.fresh;
    idle_pages_ = page.fresh == 0 ? idle_pages_ + 1 : 0;
    ++pages_;
    has_ended_ = page.items == 0 || idle_pages_ >= most_idle_pages;
}

std::optional<std::uint64_t> ListPass::real_page_size(std::uint64_t size) const noexcept {
    const bool is_less = first_items_ > 0 && first_items_ < size && first_total_ > first_items_;
    return is_less ? std::optional(first_items_) : std::nullopt;
}

std::uint64_t ListPass::expected_pages(std::uint64_t size) const noexcept {
    // A short page does not show that it is the last one: servers may give less than was asked for.
    if (!total_) {
        return pages_ + 1;
    }
    const std::uint64_t real = real_page_size(size).value_or(size);
    if (items_ > *total_ && last_items_ >= real) {
        return pages_ + 1;
    }
    return std::max(pages_, *total_ / real + (*total_ > 0 ? 1 : 0));
}

bool ListPass::is_steady() const noexcept {
    return !had_total_ || (total_ && !total_changed_ && different_ == *total_ && items_ == *total_);
}

std::string ListPass::in_words() const {
    return "Prism says " + std::to_string(total()) + ", " + std::to_string(different_) +
           " different ones came in " + std::to_string(items_) + " items on " +
           std::to_string(pages_) + " pages" +
           (total_changed_ ? ", and the total changed while they were read"
                           : "; the total stayed the same");
}

}  // namespace pf::host::services
