// The part of Call that reads: lists, single entities, look-ups; and the closing of the books.
#include <algorithm>

#include "host/services/call.hpp"
#include "host/services/cross_check.hpp"
#include "host/services/handling.hpp"
#include "host/services/json_path.hpp"
#include "host/services/odd_reads.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

pf_status to_status(const Status& status) noexcept { return static_cast<pf_status>(status.code()); }

std::string cluster_of(const OpenList& list, pf_val item) {
    pf_str text{nullptr, 0};
    reader().str(fact_at(item, list.listing->cluster_path(), list.listing->has_columns()), &text);
    return std::string(to_view(text));
}

bool is_stop(const Status& status) noexcept {
    return status.code() == Code::cancelled || status.code() == Code::deadline_exceeded ||
           status.code() == Code::aborted;
}

// What may stand in a path as it is; ids of Prism consist of nothing else.
bool is_plain(char byte) noexcept {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' || byte == '.' || byte == ':';
}

}  // namespace

// A request the ABI does not allow: refused, and the run is partial, since what it was to bring
// will not come.
void Call::misuse(std::string_view what) {
    findings_.missing("ERROR_MODULE_REQUEST",
                      "module " + setup_.descriptor->name + " " + std::string(what));
    told_.insert(PF_INVALID_ARGUMENT);
}

bool Call::may_ask_prism() {
    if (!setup_.target) {
        misuse("asked Prism in a call that has no Prism Central; cost handlers get shapes instead");
    }
    return setup_.target != nullptr;
}

pf_status Call::open_list(const pf_list_request& request, std::string_view parent,
                          std::size_t& place) {
    if (!may_ask_prism()) {
        return PF_FAILED_PRECONDITION;
    }
    const auto& endpoints = setup_.descriptor->endpoints;
    if (request.endpoint >= endpoints.size()) {
        misuse("asked for a list of endpoint " + std::to_string(request.endpoint) +
               ", but its descriptor has " + std::to_string(endpoints.size()));
        return PF_INVALID_ARGUMENT;
    }
    if (request.flags != 0) {
        misuse("opened a list with flags this host does not know: " +
               std::to_string(request.flags));
        return PF_INVALID_ARGUMENT;
    }
    if (endpoints[request.endpoint].has_parent() != !parent.empty()) {
        misuse("opened a list of " + endpoints[request.endpoint].name +
               (parent.empty() ? " without" : " with") + " a parent");
        return PF_INVALID_ARGUMENT;
    }
    if (!parent.empty()) {
        return open_detail(request.endpoint, parent, place);
    }
    const auto is_in_reading = [](const OpenList& list) {
        return !list.is_detail && !list.is_read && list.failure.ok();
    };
    if (std::count_if(lists_.begin(), lists_.end(), is_in_reading) == most_lists ||
        lists_.size() == Handling::most_places) {
        misuse("reads more than " + std::to_string(most_lists) + " lists at once");
        return PF_RESOURCE_EXHAUSTED;
    }
    asked_.insert(request.endpoint);
    Status opened = open(request);
    report_failure(opened, endpoints[request.endpoint]);
    place = lists_.size() - 1;
    return to_status(opened);
}

Status Call::open(const pf_list_request& request) {
    ListingScope scope;
    scope.cluster = to_view(request.cluster);
    scope.page_size = request.page_size != 0 ? request.page_size : setup_.page_size;
    auto listing = Listing::open(setup_.target, setup_.descriptor->endpoints[request.endpoint],
                                 setup_.api, std::move(scope), setup_.stop, setup_.meter);
    if (!listing) {
        return listing.status();
    }
    OpenList& list = lists_.emplace_back();
    list.endpoint = request.endpoint;
    list.listing = std::move(*listing);
    list.cluster = to_view(request.cluster);
    return Status();
}

pf_status Call::next_page(std::size_t place, pf_page& out) {
    if (place >= lists_.size()) {
        misuse("asked for a page of a list it has not opened in this call");
        return PF_INVALID_ARGUMENT;
    }
    OpenList& list = lists_[place];
    if (list.is_detail) {
        return next_detail(list, out);
    }
    close_page(list);
    // What is finished goes out before waiting for Prism: the first rows are early.
    if (Status flushed = flush(); !flushed.ok()) {
        return to_status(flushed);
    }
    if (!list.failure.ok()) {
        return to_status(list.failure);
    }
    auto page = list.listing->next();
    if (!page) {
        if (page.status().code() == Code::out_of_range) {
            list.is_read = true;
        } else {
            list.failure = page.status();
        }
        return to_status(page.status());
    }
    enter_page(list, *page);
    out.dialect = page->dialect;
    out.items = page->items;
    out.root = page->root;
    return PF_OK;
}

void Call::enter_page(OpenList& list, const Listing::Page& page) {
    if (page.replaced > 0) {
        findings_.note("list.text_replaced",
                       "texts of " + setup_.descriptor->endpoints[list.endpoint].name +
                           " held what JSON does not allow; it is replaced by U+FFFD");
    }
    const bool is_unfiltered = !list.cluster.empty() && !list.listing->filters_cluster();
    const bool has_scope =
        (!setup_.other_clusters.empty() || setup_.only_clusters || is_unfiltered) &&
        !list.listing->cluster_path().empty();
    for (const Listing::Item& item : page.entries) {
        list.ledger.enter(item.value, item.is_new);
        bool is_dropped = !item.is_new;
        if (has_scope && is_of_other_cluster(list, cluster_of(list, item.value))) {
            list.ledger.exclude_last();
            is_dropped = true;
        }
        if (is_dropped && has_details_) {
            list.dropped.emplace(text_at(item.value, list.listing->id_path()));
        }
    }
}

bool Call::is_of_other_cluster(const OpenList& list, const std::string& cluster) const {
    return setup_.other_clusters.contains(cluster) ||
           (setup_.only_clusters && !setup_.only_clusters->contains(cluster)) ||
           (!list.cluster.empty() && list.cluster != cluster);
}

void Call::close_page(OpenList& list) {
    if (writer_.is_open() && record_list_ == &list) {
        writer_.fail("the page of the record's entity was given back while the record was open");
    }
    list.dropped.clear();
    list.ledger.close_page([&](pf_val item) {
        findings_.missing(
            "ERROR_MODULE_LOST",
            "module " + setup_.descriptor->name +
                " neither emitted nor skipped an entity; this is a fault of the module",
            text_at(item, list.listing->id_path()));
    });
}

pf_status Call::fetch(std::uint32_t index, std::string_view id, pf_page& out) {
    if (!may_ask_prism()) {
        return PF_FAILED_PRECONDITION;
    }
    const auto& endpoints = setup_.descriptor->endpoints;
    if (index >= endpoints.size()) {
        misuse("fetched from endpoint " + std::to_string(index) +
               ", which its descriptor does not have");
        return PF_INVALID_ARGUMENT;
    }
    Status fetched = fetch_one(endpoints[index], id, out);
    if (!fetched.ok()) {
        fetch_failure_ = fetched;
        fetch_endpoint_ = index;
    }
    return to_status(fetched);
}

Status Call::fetch_one(const Endpoint& endpoint, std::string_view id, pf_page& out) {
    if (id.empty() || id.size() > Writer::longest_id ||
        !std::all_of(id.begin(), id.end(), is_plain)) {
        return Status(Code::invalid_argument, "ERROR_MODULE_REQUEST",
                      "\"" + printable(id) + "\" cannot be the id of an entity");
    }
    FormChoice choice(setup_.target, endpoint, setup_.api, {});
    // That one entity is not found says nothing about the API, so the first form is the only one.
    auto form = choice.next(setup_.stop, *setup_.meter);
    if (!form) {
        return form.status();
    }
    auto answer = setup_.target->send(form->entity(id), setup_.stop, *setup_.meter);
    if (!answer) {
        return answer.status();
    }
    choice.was_served();
    fetched_body_ = std::move(answer->body);
    if (Status parsed = fetched_.parse_padded(fetched_body_.text()); !parsed.ok()) {
        return parsed;
    }
    out.dialect = form->dialect();
    out.root = fetched_.root();
    out.items = out.dialect == 3 ? out.root : reader().get(out.root, to_pf("data"));
    return Status();
}

pf_status Call::open_table(std::uint32_t index, std::size_t& place) {
    if (!may_ask_prism()) {
        return PF_FAILED_PRECONDITION;
    }
    if (index >= setup_.descriptor->lookups.size()) {
        misuse("opened look-up " + std::to_string(index) + ", but its descriptor has " +
               std::to_string(setup_.descriptor->lookups.size()));
        return PF_INVALID_ARGUMENT;
    }
    const Lookup& lookup = setup_.descriptor->lookups[index];
    const Endpoint& endpoint = setup_.descriptor->endpoints[lookup.endpoint];
    auto table = setup_.lookups->get(*setup_.descriptor, index);
    if (!table) {
        report_failure(table.status(), endpoint);
        return to_status(table.status());
    }
    if (!(*table)->shortfall().empty() && !table_places_.contains(index)) {
        findings_.note("lookup.incomplete",
                       "the list of " + endpoint.name + ", which names come from, was not whole (" +
                           (*table)->shortfall() + "); some may be missing in this run");
    }
    // The same table again has the same place, so asking for it for ever takes no memory.
    const auto at = std::find(tables_.begin(), tables_.end(), *table);
    place = static_cast<std::size_t>(at - tables_.begin());
    if (place == Handling::most_places) {
        return PF_RESOURCE_EXHAUSTED;
    }
    if (at == tables_.end()) {
        tables_.push_back(*table);
    }
    table_places_[index] = place;
    return PF_OK;
}

// Only for a list that is complete by its own account, and of which nothing was left to others: a
// count cannot be held against less than the whole.
void Call::report_shortfall(const OpenList& list) {
    const Endpoint& endpoint = setup_.descriptor->endpoints[list.endpoint];
    const std::uint64_t listed = list.ledger.counts().unique;
    const auto counted =
        counted_elsewhere(endpoint.counted_by, [&](std::uint32_t lookup) -> const Table* {
            const auto found = table_places_.find(lookup);
            return found == table_places_.end() ? nullptr : tables_[found->second].get();
        });
    if (list.cluster.empty() && counted && is_clearly_fewer(listed, *counted)) {
        findings_.note("list.fewer_than_counted",
                       "the list of " + endpoint.name + " shows " + std::to_string(listed) +
                           ", Prism itself counts " + std::to_string(*counted) +
                           ": this user may not see all of them; grant the role " +
                           (endpoint.role.empty() ? "Prism Viewer" : endpoint.role) +
                           " on all clusters and projects");
    }
}

// A kind this Prism does not offer is a note; a stop is the run's news, not the list's.
void Call::report_failure(const Status& failure, const Endpoint& endpoint) {
    if (failure.ok() || (is_stop(failure) && setup_.stop.requested())) {
        return;
    }
    told_.insert(to_status(failure));
    if (failure.reason() == "ERROR_PRISM_API_ABSENT") {
        findings_.note(failure.reason(), failure.message());
        return;
    }
    std::string text = failure.message();
    if (failure.code() == Code::permission_denied) {
        // The failure itself names the role that reads most.
        const bool needs_another = !endpoint.role.empty() && endpoint.role != "Prism Viewer";
        text += needs_another ? "; here it takes the role " + endpoint.role : "";
        text += ", or leave the kind out with the option exclude_kinds";
    }
    findings_.missing(failure.reason(), text);
}

void Call::report_lists(pf_status status) {
    const auto& endpoints = setup_.descriptor->endpoints;
    // Endings that bring no finding of their own: an API that is absent is only noted.
    const bool is_quiet = status == PF_OK || status == PF_NOT_FOUND;
    for (OpenList& list : lists_) {
        if (list.is_detail) {
            if (is_quiet) {
                leave_detail(list);
            }
            continue;
        }
        close_page(list);
        if (!list.failure.ok()) {
            report_failure(list.failure, endpoints[list.endpoint]);
        } else if (!list.is_read) {
            if (is_quiet) {
                findings_.missing("ERROR_MODULE_LIST_LEFT",
                                  "module " + setup_.descriptor->name + " stopped reading " +
                                      endpoints[list.endpoint].name + " before its end");
            }
        } else if (list.listing->is_complete()) {
            report_shortfall(list);
        } else if (list.listing->is_truncated()) {
            findings_.missing("ERROR_LIST_TRUNCATED",
                              "the list of " + endpoints[list.endpoint].name +
                                  " is not whole: " + list.listing->why_incomplete() +
                                  "; ask for less at once with the option clusters");
        } else {
            findings_.missing("ERROR_LIST_CHANGED",
                              endpoints[list.endpoint].name + " changed while it was read: " +
                                  list.listing->why_incomplete() + "; the next run reads it again");
        }
    }
    // A handler that read nothing has shown nothing: an empty success would look like deletions.
    if (setup_.desk) {
        return;  // such a handler is asked for no output
    }
    const Output& wanted = setup_.descriptor->outputs.at(setup_.wanted);
    if (is_quiet && !asked_.contains(wanted.endpoint)) {
        findings_.missing("ERROR_MODULE_LIST_LEFT", "module " + setup_.descriptor->name +
                                                        " ended without reading " +
                                                        endpoints.at(wanted.endpoint).name +
                                                        ", of which " + wanted.kind + " is made");
    }
}

// What the services refused without a word to the handler.
void Call::report_misuse() {
    const std::string module = "module " + setup_.descriptor->name;
    std::uint64_t strays = strays_;
    strays += options_.was_read_elsewhere() ? 1 : 0;
    strays += fetched_.was_read_elsewhere() ? 1 : 0;
    for (const OpenList& list : lists_) {
        strays += list.listing && list.listing->was_read_elsewhere() ? 1 : 0;
    }
    if (strays > 0) {
        findings_.missing("ERROR_MODULE_THREAD",
                          module +
                              " used its call from another thread or with another's handle; "
                              "refused, so something may be missing",
                          {}, strays);
    }
    if (const std::uint64_t stale = take_stale_reads(); stale > 0) {
        findings_.missing("ERROR_MODULE_STALE_VALUE",
                          module +
                              " read values of a page it had given back; they read as absent, so "
                              "something may be missing",
                          {}, stale);
    }
}

// What Prism sent in another form than the module reads.
void Call::report_odd_reads() {
    const OddReads odd = take_odd_reads();
    if (odd.count == 0) {
        return;
    }
    const std::string place = odd.first.empty() ? std::string() : ", the first at " + odd.first;
    findings_.note("list.odd_value",
                   std::to_string(odd.count) + " values of Prism are of another type than module " +
                       setup_.descriptor->name + " reads and are left out" + place);
}

// Why the handler failed, unless a service gave it the status and its cause is told.
void Call::report_status(pf_status status) {
    if (status == PF_OK || setup_.stop.requested() || !output_failure_.ok()) {
        return;
    }
    if (!told_.contains(status) && to_status(fetch_failure_) == status) {
        findings_.missing(
            fetch_failure_.reason(),
            setup_.descriptor->endpoints[fetch_endpoint_].name + ": " + fetch_failure_.message());
        told_.insert(status);
    }
    if (told_.contains(status) && failure_text_.empty()) {
        return;
    }
    const bool is_status = status > PF_OK && status <= PF_UNAUTHENTICATED;
    findings_.missing("ERROR_MODULE_FAILED",
                      "module " + setup_.descriptor->name + " failed with " +
                          (is_status ? std::string(code_name(static_cast<Code>(status)))
                                     : std::to_string(status) + ", which is no status") +
                          (failure_text_.empty() ? " and gave no reason" : ": " + failure_text_));
}

void Call::finish(pf_status status) {
    has_returned_ = true;
    abort();
    report_lists(status);
    report_misuse();
    report_odd_reads();
    report_status(status);
    (void)flush();  // a receiver that is gone is noticed by whoever reads the queue
    detail_sources_.clear();
    std::erase_if(lists_, [](const OpenList& list) { return list.is_detail; });
    for (OpenList& list : lists_) {
        list.server_total = list.listing->server_total();
        list.is_complete = list.is_read && list.listing->is_complete();
        list.api = list.listing->api();
        list.listing.reset();  // its fetchers end here, not when the report is read
    }
}

}  // namespace pf::host::services
