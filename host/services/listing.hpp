// Listing: one list of Prism read to its end, page by page, in order, with the proof that it was
// the whole list.
//
// A pass over the pages is *steady* when the total stayed the same on every page, no id came
// twice, and as many ids came as the total says. A pass that is not steady (VMs came and went
// meanwhile, so items moved between pages) is followed by one more pass; entities seen before are
// known by their ids. When that one is not steady either, the list is not known to be complete.
//
// Facts: Prism's totals and pages are only eventually consistent, so the total is read again on
// every page, an empty page ends a pass, and offsets are never relied on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/pages.hpp"
#include "host/prism/target.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/document.hpp"
#include "host/services/id_set.hpp"

namespace pf::host::services {

struct ListingScope {
    std::string cluster;          // UUID; empty = all
    std::uint32_t page_size = 0;  // 0 = the API's largest
};

class Listing {
  public:
    struct Item {
        pf_val value;
        bool is_new;  // false: this list has brought the same id before
    };
    struct Page {
        pf_val items{0, 0};
        pf_val root{0, 0};
        int dialect = 4;
        std::span<const Item> entries;  // one per element of `items`, in order
    };

    // Finds out which version serves the endpoint. NOT_FOUND: this Prism does not have it.
    static Result<std::unique_ptr<Listing>> open(std::shared_ptr<prism::Target> target,
                                                 const Endpoint& endpoint, ListingScope scope,
                                                 const Stop& stop,
                                                 std::shared_ptr<prism::Meter> meter);

    // The next page; its values live until the following call. OUT_OF_RANGE: the list was read.
    Result<Page> next();

    // The server's own count, as of the last page.
    std::uint64_t server_total() const noexcept { return total_; }
    // After OUT_OF_RANGE: was the last pass steady?
    bool is_complete() const noexcept { return is_complete_; }
    // After OUT_OF_RANGE: what moved, in words; empty when complete.
    std::string why_incomplete() const;
    // Path to the id inside an item.
    const std::vector<std::string>& id_path() const noexcept { return id_path_; }
    const std::vector<std::string>& cluster_path() const noexcept { return cluster_path_; }
    // True when another thread tried to read a page.
    bool was_read_elsewhere() const noexcept { return document_.was_read_elsewhere(); }

  private:
    // What one pass over the pages has shown so far.
    struct Pass {
        std::uint64_t pages = 0;
        std::uint64_t first_total = 0;
        std::uint64_t items = 0;
        std::uint64_t page_items = 0;  // of page 0: the server's real page size
        std::uint64_t idle_pages = 0;  // pages in a row that brought nothing new
        bool total_changed = false;
        std::uint64_t different = 0;  // entities, by id; those without one count each
        bool has_ended = false;       // an empty page, or no progress
    };

    Listing(std::shared_ptr<prism::Target> target, Stop stop, std::shared_ptr<prism::Meter> meter);
    void start_pass();
    Result<Page> take(prism::Body body);
    void account(pf_val items);
    bool is_steady() const;
    std::uint64_t expected_pages() const;

    std::shared_ptr<prism::Target> target_;
    Stop stop_;
    std::shared_ptr<prism::Meter> meter_;
    prism::Pages::MakeRequest make_;
    std::vector<std::string> id_path_;
    std::vector<std::string> cluster_path_;
    std::uint32_t page_size_ = 100;
    bool is_paged_ = true;
    std::unique_ptr<prism::Pages> pages_;
    Document document_;
    prism::Body body_;
    std::vector<Item> items_;
    std::vector<std::string_view> ids_;  // of items_
    IdSet seen_;                         // in any pass
    IdSet seen_again_;                   // in the second pass
    Pass pass_;
    int passes_ = 0;
    std::uint64_t total_ = 0;
    bool has_total_ = false;
    bool is_complete_ = false;
    bool is_over_ = false;
};

}  // namespace pf::host::services
