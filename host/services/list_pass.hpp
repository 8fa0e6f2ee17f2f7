// ListPass: what one pass over the pages of a list has shown, and whether it proves that it was the
// whole list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pf::host::services {

// One page, counted.
struct PageCount {
    std::uint64_t items = 0;
    std::uint64_t fresh = 0;             // whose ids this pass had not seen; without an id: all
    std::optional<std::uint64_t> total;  // the server's own count, when the page has it
    bool is_truncated = false;           // by the server's own word there is more than it lists
};

class ListPass {
  public:
    void add(const PageCount& page);

    std::uint64_t pages() const noexcept { return pages_; }
    // An empty page came, or pages that brought nothing new: more would come for ever.
    bool has_ended() const noexcept { return has_ended_; }
    // The pages there are as far as is known, asked for in pages of `size`. When the total allows
    // for full pages only, one more: it would show that the total is too small.
    std::uint64_t expected_pages(std::uint64_t size) const noexcept;
    // Everything the total counts is here: a page behind it may be refused.
    bool has_all_counted() const noexcept { return pages_ > 0 && total_ && items_ >= *total_; }
    // There is no further page.
    void end() noexcept { has_ended_ = true; }
    // Entities per page as the server gives them, when page 0 showed that it is less than `size`.
    std::optional<std::uint64_t> real_page_size(std::uint64_t size) const noexcept;
    // The total stayed the same, each id came once, and as many came as the total says. Where no
    // page had a total: it was read until nothing more came.
    bool is_steady() const noexcept;
    // Each entity the total counts came, some of them more than once.
    bool holds_all() const noexcept { return total_ && !total_changed_ && different_ == *total_; }
    // The last page that had entities said so. On others it may only mean that pages follow.
    bool is_truncated() const noexcept { return is_truncated_; }
    // The total, last seen, and what came instead of it.
    std::uint64_t total() const noexcept { return total_.value_or(0); }
    std::uint64_t different() const noexcept { return different_; }
    std::string in_words() const;

  private:
    std::uint64_t pages_ = 0;
    std::optional<std::uint64_t> total_;  // of the last page
    std::uint64_t first_total_ = 0;
    std::uint64_t items_ = 0;
    std::uint64_t first_items_ = 0;  // on page 0
    std::uint64_t last_items_ = 0;   // on the last page
    std::uint64_t different_ = 0;    // entities, by id
    std::uint64_t idle_pages_ = 0;   // pages in a row that brought nothing new
    bool had_total_ = false;
    bool total_changed_ = false;
    bool has_ended_ = false;
    bool is_truncated_ = false;
};

}  // namespace pf::host::services
