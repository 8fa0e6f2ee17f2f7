// Run: one collect, from what is expected to the closed books.
//
// The thread that calls work() starts one thread per call (at most `most_calls` at once), watches
// them, and puts all rows into the queue. Another thread takes them out.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/row_queue.hpp"
#include "host/runtime/rows.hpp"
#include "host/services/call.hpp"

namespace pf::host::runtime {

class Run {
  public:
    // `modules` and `targets` outlive the run. `queue` is shared with calls that may have to be
    // left behind.
    Run(Modules& modules, prism::Targets& targets, const Request& request,
        encoding::RowFormat format, std::shared_ptr<RowQueue> queue, Stop stop);
    ~Run();

    // Does everything; returns when all rows are in the queue (which it closes) or the run was
    // stopped. Never throws.
    void work() noexcept;
    // After work(): what remains. `rows` and times are the caller's to fill.
    RunReport take_report();

  private:
    struct Item;
    struct Running;
    // What the calls of one target share.
    struct Place {
        const TargetRequest* request = nullptr;
        std::shared_ptr<prism::Target> target;
        std::shared_ptr<services::LookupsAhead> lookups;
        std::string account;
        std::string central_uuid;  // empty: not shown to this user
        std::string link_base;
        std::optional<std::set<std::string>> only_clusters;  // UUIDs of the option clusters
    };

    void collect_all();
    void send_types();
    const Site* site_of(std::string_view code, std::string_view name) const;
    std::vector<Item> expected();
    void expect_kinds(const TargetRequest& target, std::vector<Item>& items);
    bool has_one_kind() const;
    bool wants(const std::string& kind, bool is_default = true) const;
    bool prepare(Item& item, const std::vector<Item>& all);
    bool has_nothing_left(const Item& item);
    Status find_account(Place& place);
    Status choose_clusters(Place& place);
    std::shared_ptr<Running> start(const Item& item);
    void watch(std::vector<std::shared_ptr<Running>>& running, bool wait_for_room);
    void close_books(Running& running);
    void leave_behind(Running& running);
    void note_apis();
    void send_regions();
    void missing(const std::string& code, const std::string& target, const std::string& kind,
                 const std::string& text);
    void send_failures();
    void push(HostRows& rows);

    Modules& modules_;
    prism::Targets& targets_;
    const Request& request_;
    encoding::RowFormat format_;
    std::shared_ptr<RowQueue> queue_;
    Stop stop_;
    std::shared_ptr<prism::Meter> meter_;
    std::vector<Modules::Kind> kinds_;
    std::vector<std::unique_ptr<Place>> places_;
    std::set<std::pair<const Place*, std::string>> regions_;
    struct Signal;
    std::shared_ptr<Signal> signal_;
    RunReport report_;
};

}  // namespace pf::host::runtime
