// ListForm: how one endpoint is asked page by page in one generation of Prism's API, and what its
// answers look like. Pure: nothing is sent here.
//
// v4 counts pages (`$page`, `$limit`), v3 counts entities (`offset`, `length`). So in v3 a server
// that gives less per page than asked for shifts everything behind; settle_page_size() tells the
// form what the first page really brought.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/prism/pages.hpp"
#include "host/services/descriptor.hpp"
#include "prismforet/abi/types.h"

namespace pf::host::services {

struct ListingScope {
    std::string cluster;          // UUID; empty = all
    std::uint32_t page_size = 0;  // 0 = the API's largest
    std::string parent{};         // of an endpoint below one
    std::string query{};          // of v4, e.g. stats_query(); v3 has nothing of the kind
};

class ListForm {
  public:
    // GET /api/<namespace>/<version>/<path>. INVALID_ARGUMENT: the scope cannot be asked for.
    static Result<ListForm> v4(const Endpoint& endpoint, const std::string& version,
                               const ListingScope& scope);
    // POST /api/nutanix/v3/<path>. A cluster cannot be asked for: the caller leaves others out.
    static ListForm v3(const Endpoint& endpoint, const ListingScope& scope);

    int dialect() const noexcept { return dialect_; }
    // "v4.3", "v3".
    const std::string& version() const noexcept { return version_; }
    const std::vector<std::string>& id_path() const noexcept { return id_path_; }
    const std::vector<std::string>& cluster_path() const noexcept { return cluster_path_; }
    std::uint32_t page_size() const noexcept { return page_size_; }
    bool is_paged() const noexcept { return is_paged_; }
    bool is_ordered() const noexcept { return !order_by_.empty(); }
    // The server was asked for one cluster only.
    bool filters_cluster() const noexcept { return !filter_.empty(); }

    // The requests of the pages, with the settings as they are now.
    prism::Pages::MakeRequest requests() const;
    // The same endpoint below `parent`.
    ListForm below(std::string_view parent) const;
    // The first request for another parent, with the settings as they are now.
    prism::Request first_of(const std::string& parent) const;
    // One entity by its id, which is a UUID.
    prism::Request entity(std::string_view id) const;

    // The server does not sort by what the descriptor names: asks without.
    void drop_order() { order_by_.clear(); }
    // The server does not filter by cluster: asks for all, and the caller leaves others out.
    void drop_filter() { filter_.clear(); }
    // The list answers in parts although it should not: asks page by page.
    void page_by(std::uint32_t size);
    // The first page brought `count` of more: that is what the pages behind it are counted in.
    void settle_page_size(std::uint32_t count);

    // The entities are rows of POST groups: all but their ids are columns.
    bool is_groups() const noexcept { return !attributes_.empty(); }
    // An answer is no list but one entity.
    bool is_single() const noexcept { return is_single_; }
    // The entities in an answer; a single one stands for itself. DATA_LOSS when it is no list
    // answer, as one that on the first page shows neither entities nor their number.
    Result<pf_val> items(pf_val root, bool is_first_page) const;
    // The server's own count; negative when the answer has none.
    std::int64_t total(pf_val root) const;
    // The answer says that the server left entities out of the list (v4: the flag isTruncated).
    bool is_truncated(pf_val root) const;

  private:
    ListForm() = default;
    std::string path_of(const std::string& parent) const;
    prism::Pages::MakeRequest requests_v4(const std::string& path) const;
    prism::Pages::MakeRequest requests_v3(const std::string& path) const;
    prism::Pages::MakeRequest requests_groups() const;
    Result<pf_val> rows_of_groups(pf_val root) const;

    int dialect_ = 4;
    std::string version_;
    std::string path_;    // up to the query; {parent} as it is in the descriptor
    std::string parent_;  // percent-encoded
    std::string filter_;  // v4, percent-encoded
    std::string query_;   // v4, with a & in front
    std::string kind_;    // v3
    std::string order_by_;
    std::vector<std::string> id_path_;
    std::vector<std::string> cluster_path_;
    std::uint32_t page_size_ = 0;
    bool is_paged_ = true;
    bool is_single_ = false;
    std::string window_;                                // query of a span of statistics
    std::vector<std::string> attributes_;               // of groups
    std::shared_ptr<std::atomic<std::uint32_t>> step_;  // v3: entities per page
};

}  // namespace pf::host::services
