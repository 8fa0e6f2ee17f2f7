// Listing: one list of Prism read to its end, page by page, in order, with the proof that it was
// the whole list.
//
// A pass over the pages is *steady* when the total stayed the same on every page, no id came
// twice, and as many ids came as the total says. A pass that is not steady (VMs came and went
// meanwhile, so items moved between pages) is followed by one more pass; entities seen before are
// known by their ids. When that one is not steady either, the list is not known to be complete.
//
// Facts: Prism's totals and pages are only eventually consistent, so the total is read again on
// every page, an empty page ends a pass, and offsets are never relied on. All this holds for both
// generations of the API; which one serves the list shows with its first page.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/pages.hpp"
#include "host/prism/target.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/document.hpp"
#include "host/services/form_choice.hpp"
#include "host/services/id_set.hpp"
#include "host/services/list_form.hpp"
#include "host/services/list_pass.hpp"

namespace pf::host::services {

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
        std::uint64_t replaced = 0;     // places in its texts that JSON does not allow
        std::span<const Item> entries;  // one per element of `items`, in order
    };

    // Finds out which generation may serve the endpoint; `endpoint` outlives the listing.
    // NOT_FOUND: this Prism does not have it.
    static Result<std::unique_ptr<Listing>> open(std::shared_ptr<prism::Target> target,
                                                 const Endpoint& endpoint, prism::ApiWish wish,
                                                 ListingScope scope, const Stop& stop,
                                                 std::shared_ptr<prism::Meter> meter);

    // A list below a parent, in a form that is known to be served, whose first answer may be here
    // already. It has no other form: a first answer of NOT_FOUND means that the parent is gone.
    static std::unique_ptr<Listing> below_parent(std::shared_ptr<prism::Target> target,
                                                 ListForm form,
                                                 std::optional<Result<prism::Body>> first,
                                                 const Stop& stop,
                                                 std::shared_ptr<prism::Meter> meter);

    // The next page; its values live until the following call. OUT_OF_RANGE: the list was read.
    // NOT_FOUND: this Prism does not have it after all. Anything else: the list was cut short.
    Result<Page> next();

    // The server's own count, as of the last page.
    std::uint64_t server_total() const noexcept { return pass_.total(); }
    // After OUT_OF_RANGE: was the last pass steady, and the list whole by Prism's own word?
    bool is_complete() const noexcept { return is_complete_; }
    // After OUT_OF_RANGE: Prism says that it has more than it lists. Reading again brings no more.
    bool is_truncated() const noexcept { return pass_.is_truncated(); }
    // After OUT_OF_RANGE: what moved or was cut, in words; empty when complete.
    std::string why_incomplete() const;
    // "v4.3", "v4.0.b1" or "v3": the API that serves the list, as of its last page.
    const std::string& api() const noexcept { return form_.version(); }
    // Path to the id inside an item.
    const std::vector<std::string>& id_path() const noexcept { return form_.id_path(); }
    const std::vector<std::string>& cluster_path() const noexcept { return form_.cluster_path(); }
    // The facts of an item are columns: read them with fact_at().
    bool has_columns() const noexcept { return form_.is_groups(); }
    // False: when the scope names a cluster, items of others come along.
    bool filters_cluster() const noexcept { return form_.filters_cluster(); }
    // True when another thread tried to read a page.
    bool was_read_elsewhere() const noexcept { return document_.was_read_elsewhere(); }

  private:
    Listing(std::shared_ptr<prism::Target> target, std::optional<FormChoice> choice, ListForm form,
            Stop stop, std::shared_ptr<prism::Meter> meter);
    Result<prism::Body> next_body();
    void expect(std::uint64_t count);
    void start_pass();
    Result<Page> fail(Status status);
    bool is_refused_behind_the_end(const Status& failure) const;
    bool has_another_form(const Status& failure, Status& verdict);
    Result<Page> take(prism::Body body);
    void account(const Page& page);
    bool is_first_page() const noexcept { return passes_ == 1 && pass_.pages() == 0; }
    std::uint64_t expected_pages() const;

    std::shared_ptr<prism::Target> target_;
    std::optional<FormChoice> choice_;  // none: only this form
    ListForm form_;
    Stop stop_;
    std::shared_ptr<prism::Meter> meter_;
    std::optional<Result<prism::Body>> given_;  // page 0, fetched by somebody else
    bool has_given_ = false;                    // pages_ begin behind it
    std::unique_ptr<prism::Pages> pages_;
    Document document_;
    prism::Body body_;
    std::vector<Item> items_;
    std::vector<std::string_view> ids_;  // of items_
    IdSet seen_;                         // in any pass
    IdSet seen_again_;                   // in the second pass
    ListPass pass_;
    int passes_ = 0;
    bool is_complete_ = false;
    bool is_over_ = false;
};

}  // namespace pf::host::services
