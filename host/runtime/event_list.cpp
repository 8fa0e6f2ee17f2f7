#include "host/runtime/event_list.hpp"

#include <algorithm>

#include "host/runtime/event_text.hpp"
#include "host/services/stats_query.hpp"

namespace pf::host::runtime {

EventList::EventList(std::shared_ptr<const Module> module, std::string_view endpoint,
                     std::shared_ptr<prism::Target> target, prism::ApiWish api, EventListWish wish,
                     Stop stop)
    : module_(std::move(module)),
      target_(std::move(target)),
      api_(api),
      wish_(std::move(wish)),
      stop_(std::move(stop)) {
    const auto& endpoints = module_->descriptor->endpoints;
    const auto found = std::find_if(endpoints.begin(), endpoints.end(),
                                    [&](const auto& one) { return one.name == endpoint; });
    endpoint_ = found == endpoints.end() ? nullptr : &*found;
}

std::string EventList::query() const {
    std::string filter;
    if (refused_ == 0 && wish_.from) {
        filter = wish_.time_field + " ge " + iso_time(*wish_.from);
    }
    if (refused_ == 0 && wish_.to) {
        filter += (filter.empty() ? "" : " and ") + wish_.time_field + " lt " + iso_time(*wish_.to);
    }
    std::string query;
    if (!filter.empty()) {
        query = "%24filter=" + services::percent_encoded(filter);
    }
    if (refused_ < 2 && wish_.newest_first) {
        query += (query.empty() ? "" : "&") + std::string("%24orderby=") +
                 services::percent_encoded(wish_.time_field + " desc");
    }
    return query;
}

Status EventList::open() {
    if (endpoint_ == nullptr) {
        return Status(Code::failed_precondition, "ERROR_MODULE_REQUEST",
                      "module " + module_->descriptor->name +
                          " declares no endpoint for what is asked; install the one that came with "
                          "this program");
    }
    services::ListingScope scope;
    scope.query = query();
    auto listing = services::Listing::open(target_, *endpoint_, api_, scope, stop_, meter_);
    if (!listing) {
        return listing.status();
    }
    listing_ = std::move(*listing);
    return Status();
}

// Makes the next page the current one.
Status EventList::turn() {
    while (true) {
        if (!listing_) {
            if (Status opened = open(); !opened.ok()) {
                return opened;
            }
        }
        auto page = listing_->next();
        if (page) {
            has_page_ = true;
            entries_ = page->entries;
            at_ = 0;
            return Status();
        }
        const bool may_ask_less = page.status().code() == Code::invalid_argument && !has_page_ &&
                                  !query().empty() && refused_ < 2;
        if (!may_ask_less) {
            if (page.status().code() == Code::out_of_range && !listing_->is_complete()) {
                return Status(Code::unavailable, "ERROR_LIST_CHANGED",
                              "the list of " + endpoint_->name +
                                  " is not whole: " + listing_->why_incomplete() + "; try again");
            }
            return page.status();
        }
        ++refused_;
        listing_.reset();
    }
}

Status EventList::next(pf_val& document) {
    while (true) {
        while (at_ < entries_.size()) {
            const services::Listing::Item& item = entries_[at_++];
            if (item.is_new) {
                document = item.value;
                return Status();
            }
        }
        if (Status turned = turn(); !turned.ok()) {
            return turned;
        }
    }
}

}  // namespace pf::host::runtime
