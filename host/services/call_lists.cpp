// The part of Call that reads: lists, single entities, look-ups; and the closing of the books.
#include "host/services/call.hpp"
#include "host/services/json_path.hpp"

namespace pf::host::services {
namespace {

pf_status to_status(const Status& status) noexcept { return static_cast<pf_status>(status.code()); }

bool is_stop(const Status& status) noexcept {
    return status.code() == Code::cancelled || status.code() == Code::deadline_exceeded ||
           status.code() == Code::aborted;
}

}  // namespace

pf_status Call::open_list(const pf_list_request& request, pf_list** out) {
    Status opened = open(request, out);
    if (!opened.ok() && request.endpoint < setup_.descriptor->endpoints.size()) {
        report_failure(opened, setup_.descriptor->endpoints[request.endpoint]);
    }
    return to_status(opened);
}

Status Call::open(const pf_list_request& request, pf_list** out) {
    *out = nullptr;
    if (request.endpoint >= setup_.descriptor->endpoints.size() || request.flags != 0) {
        return Status(Code::invalid_argument, "ERROR_MODULE_REQUEST",
                      "list of endpoint " + std::to_string(request.endpoint) + " with flags " +
                          std::to_string(request.flags) + ": no such endpoint or flag");
    }
    ListingScope scope;
    scope.cluster = to_view(request.cluster);
    scope.page_size = request.page_size != 0 ? request.page_size : setup_.page_size;
    auto listing = Listing::open(setup_.target, setup_.descriptor->endpoints[request.endpoint],
                                 std::move(scope), setup_.stop, setup_.meter);
    if (!listing) {
        return listing.status();
    }
    OpenList& list = lists_.emplace_back();
    list.endpoint = request.endpoint;
    list.listing = std::move(*listing);
    *out = &list;
    return Status();
}

pf_status Call::next_page(OpenList& list, pf_page& out) {
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
    const bool has_scope = (!setup_.other_clusters.empty() || setup_.only_clusters) &&
                           !list.listing->cluster_path().empty();
    for (const Listing::Item& item : page.entries) {
        list.ledger.enter(item.value, item.is_new);
        if (!has_scope) {
            continue;
        }
        const std::string cluster(text_at(item.value, list.listing->cluster_path()));
        if (setup_.other_clusters.contains(cluster) ||
            (setup_.only_clusters && !setup_.only_clusters->contains(cluster))) {
            list.ledger.exclude_last();
        }
    }
}

void Call::close_page(OpenList& list) {
    if (writer_.is_open() && record_list_ == &list) {
        writer_.fail("the page of the record's entity was given back while the record was open");
    }
    list.ledger.close_page([&](pf_val item) {
        findings_.missing(
            "ERROR_MODULE_LOST",
            "module " + setup_.descriptor->name +
                " neither emitted nor skipped an entity; this is a fault of the module",
            text_at(item, list.listing->id_path()));
    });
}

pf_status Call::fetch(std::uint32_t index, std::string_view id, pf_page& out) {
    const auto& endpoints = setup_.descriptor->endpoints;
    if (index >= endpoints.size() || !endpoints[index].v4 || id.empty() ||
        id.find_first_of("/?#%") != std::string_view::npos) {
        return PF_INVALID_ARGUMENT;
    }
    const EndpointV4& v4 = *endpoints[index].v4;
    auto version = setup_.target->version(v4.api_namespace, setup_.stop, *setup_.meter);
    if (!version) {
        return to_status(version.status());
    }
    prism::Request request;
    request.path =
        "/api/" + v4.api_namespace + "/" + *version + "/" + v4.path + "/" + std::string(id);
    auto answer = setup_.target->send(request, setup_.stop, *setup_.meter);
    if (!answer) {
        return to_status(answer.status());
    }
    fetched_body_ = std::move(answer->body);
    if (Status parsed = fetched_.parse_padded(fetched_body_.text()); !parsed.ok()) {
        return to_status(parsed);
    }
    out.dialect = 4;
    out.root = fetched_.root();
    out.items = reader().get(out.root, to_pf("data"));
    return PF_OK;
}

pf_status Call::open_table(std::uint32_t index, const pf_table** out) {
    *out = nullptr;
    if (index >= setup_.descriptor->lookups.size()) {
        return PF_INVALID_ARGUMENT;
    }
    const Lookup& lookup = setup_.descriptor->lookups[index];
    const Endpoint& endpoint = setup_.descriptor->endpoints[lookup.endpoint];
    auto table = open_lookup(setup_.target, endpoint, lookup.fields, setup_.stop, setup_.meter);
    if (!table) {
        report_failure(table.status(), endpoint);
        return to_status(table.status());
    }
    tables_.push_back(*table);
    *out = tables_.back().get();
    return PF_OK;
}

// A kind this Prism does not offer is a note; a stop is the run's news, not the list's.
void Call::report_failure(const Status& failure, const Endpoint& endpoint) {
    if (failure.ok() || is_stop(failure)) {
        return;
    }
    if (failure.code() == Code::not_found) {
        findings_.note("ERROR_PRISM_API_ABSENT", failure.message());
        return;
    }
    std::string text = failure.message();
    if (failure.code() == Code::permission_denied && !endpoint.role.empty()) {
        text += "; grant the role " + endpoint.role +
                ", or leave the kind out with the option exclude_kinds";
    }
    findings_.missing(failure.reason(), text);
}

void Call::finish(pf_status status) {
    abort();
    const auto& endpoints = setup_.descriptor->endpoints;
    bool is_explained = false;
    for (OpenList& list : lists_) {
        close_page(list);
        if (!list.failure.ok()) {
            report_failure(list.failure, endpoints[list.endpoint]);
            is_explained = true;
        } else if (!list.is_read) {
            if (status == PF_OK) {
                findings_.missing("ERROR_MODULE_LIST_LEFT",
                                  "module " + setup_.descriptor->name + " stopped reading " +
                                      endpoints[list.endpoint].name + " before its end");
            }
        } else if (!list.listing->is_complete()) {
            findings_.missing("ERROR_LIST_CHANGED",
                              endpoints[list.endpoint].name + " changed while it was read: " +
                                  list.listing->why_incomplete() + "; the next run reads it again");
        }
    }
    if (status != PF_OK && !is_explained && !setup_.stop.requested()) {
        const bool is_known = !findings_.all_missing().empty() ||
                              (status == PF_NOT_FOUND && !findings_.all_notes().empty());
        if (!failure_text_.empty() || !is_known) {
            findings_.missing("ERROR_MODULE_FAILED",
                              "module " + setup_.descriptor->name + " failed with status " +
                                  std::to_string(status) +
                                  (failure_text_.empty() ? "" : ": " + failure_text_));
        }
    }
    (void)flush();  // a receiver that is gone is noticed by whoever reads the queue
    for (OpenList& list : lists_) {
        list.server_total = list.listing->server_total();
        list.is_complete = list.is_read && list.listing->is_complete();
        list.listing.reset();  // its fetchers end here, not when the report is read
    }
}

}  // namespace pf::host::services
