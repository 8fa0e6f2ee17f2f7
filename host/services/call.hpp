// Call: one running handler of a module, seen from the host.
//
// It owns what the handler uses: lists, the open record, look-ups, options; and what remains of
// it: counts per list, findings, regions met. One thread runs it; `stop` may be requested from
// any. The services' C functions (services/host.cpp) find it by its pf_call (handling.hpp).
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/base/stop.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/target.hpp"
#include "host/services/desk.hpp"
#include "host/services/document.hpp"
#include "host/services/findings.hpp"
#include "host/services/first_pages.hpp"
#include "host/services/ledger.hpp"
#include "host/services/listing.hpp"
#include "host/services/lookup.hpp"
#include "host/services/lookups_ahead.hpp"
#include "host/services/row_output.hpp"
#include "host/services/writer.hpp"
#include "prismforet/abi/list.h"

namespace pf::host::services {

struct CallSetup {
    std::shared_ptr<const Descriptor> descriptor;
    std::uint32_t wanted = 0;               // number of the output the handler was asked for
    std::shared_ptr<prism::Target> target;  // null: the handler may not ask Prism
    std::shared_ptr<LookupsAhead> lookups;  // of the run; null: the call's own
    std::shared_ptr<Desk> desk;             // of a handler that makes no resources, else null
    Stop stop;
    std::shared_ptr<prism::Meter> meter;
    std::shared_ptr<RowOutput> output;
    encoding::RowFormat format = encoding::RowFormat::wire_json_data;
    std::string account;       // of every row
    std::string central_uuid;  // of the Prism Central; empty: not shown to this user
    std::string link_base;     // "https://host:port"; empty: no external links
    std::uint32_t page_size = 0;
    prism::ApiWish api = prism::ApiWish::automatic;
    std::string options = "{}";            // JSON text of an object
    std::set<std::string> other_clusters;  // entities of these belong to other tasks
    // The clusters the options ask for; entities elsewhere, or of no cluster, are filtered.
    std::optional<std::set<std::string>> only_clusters;
};

// One list a handler has opened.
struct OpenList {
    std::uint32_t endpoint = 0;
    std::unique_ptr<Listing> listing;
    Ledger ledger;
    bool is_read = false;            // to its end
    Status failure;                  // why it was cut
    std::string cluster;             // the only one asked for; empty = all
    std::uint64_t server_total = 0;  // after Call::finish, as the two below
    std::string api;                 // "v4.3", "v3"
    bool is_complete = false;
    // Detail of an entity, not a list of the kind: it is counted nowhere.
    bool is_detail = false;
    std::string parent;
    std::set<std::string, std::less<>> dropped;  // ids on this page that do not go out
};

// What is known of an endpoint below a parent, once per call.
struct DetailSource {
    Status failure;                // why it cannot be asked at all
    std::optional<ListForm> form;  // else how
    std::unique_ptr<FirstPages> ahead;
};

class Call {
  public:
    explicit Call(CallSetup setup);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    const CallSetup& setup() const noexcept { return setup_; }
    pf_val options() const noexcept { return options_.root(); }

    // The calling thread is the one that runs the handler.
    void adopt() noexcept { options_.adopt(); }
    // A thread that does not run the handler used a service in its name. From any thread.
    void blame_stray() noexcept { ++strays_; }
    // The table at a place; null when none was opened there.
    const Table* table(std::size_t place) const noexcept {
        return place < tables_.size() ? tables_[place].get() : nullptr;
    }

    // The services, as the ABI's headers describe them; lists and tables are named by their place.
    pf_status open_list(const pf_list_request& request, std::string_view parent,
                        std::size_t& place);
    pf_status next_page(std::size_t place, pf_page& out);
    pf_status fetch(std::uint32_t endpoint, std::string_view id, pf_page& out);
    pf_status expect(std::uint32_t endpoint, const pf_str* parents, std::uint64_t count);
    pf_status open_table(std::uint32_t lookup, std::size_t& place);
    void begin(std::uint32_t output, pf_val entity, std::string_view id);
    Writer& writer() noexcept { return writer_; }
    pf_status end();
    void abort();
    void skip(pf_val entity, std::string_view code, std::string_view why);
    void filtered(pf_val entity);
    void note(std::string_view code, std::string_view id, std::string_view why);
    pf_status fail(pf_status status, std::string_view why);
    pf_status wait(std::int64_t ms);
    // Runs `use` unless the call is over or a use before it failed; the first failure stays.
    pf_status at_desk(const std::function<Status()>& use);
    // Blames the module for a service that belongs to another concern; FAILED_PRECONDITION.
    pf_status at_no_desk();
    // The failure that at_desk keeps.
    const Status& desk_failure() const noexcept { return desk_failure_; }

    // After the handler returned `status`: settles what it left open, hands over the last rows,
    // and turns what went wrong into findings.
    void finish(pf_status status);
    // True from the beginning of finish(): the module has returned. From any thread.
    bool has_returned() const noexcept { return has_returned_; }

    const Findings& findings() const noexcept { return findings_; }
    const std::deque<OpenList>& lists() const noexcept { return lists_; }
    const std::set<std::string>& regions() const noexcept { return regions_; }
    std::uint64_t rows() const noexcept { return rows_; }

  private:
    static constexpr std::size_t batch_rows = 100;
    static constexpr std::size_t batch_bytes = 512u << 10;
    // A module that asks for ever more cannot grow the host: lists being read at once, regions.
    static constexpr std::ptrdiff_t most_lists = 16;
    static constexpr std::size_t most_regions = 4096;

    Status open(const pf_list_request& request);
    pf_status open_detail(std::uint32_t endpoint, std::string_view parent, std::size_t& place);
    pf_status next_detail(OpenList& list, pf_page& out);
    DetailSource& detail_source(std::uint32_t endpoint);
    pf_status detail_failed(OpenList& list, const Status& failure);
    void leave_detail(OpenList& list);
    bool is_dropped(std::string_view id) const;
    bool may_ask_prism();
    Status fetch_one(const Endpoint& endpoint, std::string_view id, pf_page& out);
    void enter_page(OpenList& list, const Listing::Page& page);
    void close_page(OpenList& list);
    void misuse(std::string_view what);
    OpenList* holder_of(pf_val entity, Ledger::Standing& standing) noexcept;
    WriterOutput* output(std::uint32_t index);
    Status flush();
    pf_status stopped();
    void report_failure(const Status& failure, const Endpoint& endpoint);
    void report_lists(pf_status status);
    void report_misuse();
    void report_odd_reads();
    void report_status(pf_status status);
    void report_shortfall(const OpenList& list);
    bool is_of_other_cluster(const OpenList& list, const std::string& cluster) const;

    CallSetup setup_;
    Document options_;
    Document fetched_;
    prism::Body fetched_body_;
    Findings findings_;
    std::deque<OpenList> lists_;
    const bool has_details_;                                // an endpoint is below a parent
    std::map<std::uint32_t, DetailSource> detail_sources_;  // by endpoint
    std::set<std::uint32_t> asked_;  // endpoints the handler opened, or was told why not
    std::vector<std::shared_ptr<const Table>> tables_;
    // Which look-up each of them was opened for, by position in the descriptor.
    std::map<std::uint32_t, std::size_t> table_places_;
    std::atomic<std::uint64_t> strays_{0};
    std::atomic<bool> has_returned_{false};
    Status desk_failure_;
    std::vector<WriterOutput> outputs_;
    encoding::Buffer bytes_;
    std::vector<std::size_t> ends_;
    Writer writer_;
    std::set<std::string> regions_;
    std::string last_region_;
    std::uint64_t rows_ = 0;
    OpenList* record_list_ = nullptr;  // of the open record's entity
    pf_val record_entity_{0, 0};
    bool record_is_dropped_ = false;
    std::string failure_text_;
    std::set<pf_status> told_;  // statuses a service gave, whose cause is reported
    Status fetch_failure_;
    std::uint32_t fetch_endpoint_ = 0;
    Status output_failure_;
};

}  // namespace pf::host::services
