// The part of Call that reads lists below a parent: detail of an entity, such as the disks of a
// volume group. What cannot be read is that entity's loss alone; it is told once per cause.
#include <algorithm>

#include "host/services/call.hpp"
#include "host/services/form_choice.hpp"
#include "host/services/handling.hpp"
#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

// A module that expects ever more cannot grow the host.
constexpr std::uint64_t most_parents = 1u << 16;

pf_status to_status(const Status& status) noexcept { return static_cast<pf_status>(status.code()); }

}  // namespace

// How an endpoint is asked is found out once. It is served by the generation that lists the
// parents, or by none, so there is no other form to try.
DetailSource& Call::detail_source(std::uint32_t index) {
    const auto [at, is_new] = detail_sources_.try_emplace(index);
    DetailSource& source = at->second;
    if (is_new) {
        FormChoice choice(setup_.target, setup_.descriptor->endpoints[index], setup_.api, {});
        auto form = choice.next(setup_.stop, *setup_.meter);
        if (form) {
            source.form = std::move(*form);
        } else {
            source.failure = form.status();
        }
    }
    return source;
}

pf_status Call::expect(std::uint32_t index, const pf_str* parents, std::uint64_t count) {
    if (!may_ask_prism()) {
        return PF_FAILED_PRECONDITION;
    }
    const auto& endpoints = setup_.descriptor->endpoints;
    if (index >= endpoints.size() || !endpoints[index].has_parent() || count > most_parents) {
        misuse("expects details of endpoint " + std::to_string(index) +
               ", which has none, or too many at once");
        return PF_INVALID_ARGUMENT;
    }
    DetailSource& source = detail_source(index);
    source.ahead = nullptr;
    if (!source.form) {
        return PF_OK;  // told with the first list that is opened
    }
    std::vector<std::string> wanted;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string_view parent = to_view(parents[i]);
        if (!parent.empty() && parent.size() <= Writer::longest_id && !is_dropped(parent)) {
            wanted.emplace_back(parent);
        }
    }
    if (!wanted.empty()) {
        source.ahead = std::make_unique<FirstPages>(
            setup_.target,
            [form = *source.form](const std::string& parent) { return form.first_of(parent); },
            std::move(wanted), setup_.stop, setup_.meter);
    }
    return PF_OK;
}

// An entity of another task or of an earlier page: its record is dropped, so nothing is asked.
bool Call::is_dropped(std::string_view id) const {
    return std::any_of(lists_.begin(), lists_.end(),
                       [&](const OpenList& list) { return list.dropped.contains(id); });
}

pf_status Call::open_detail(std::uint32_t index, std::string_view parent, std::size_t& place) {
    if (parent.size() > Writer::longest_id) {
        misuse("opened a list below a parent that cannot be one");
        return PF_INVALID_ARGUMENT;
    }
    // The one before it ends, and its place is used again.
    const auto at = std::find_if(lists_.begin(), lists_.end(), [&](const OpenList& list) {
        return list.is_detail && list.endpoint == index;
    });
    place = static_cast<std::size_t>(at - lists_.begin());
    if (at != lists_.end()) {
        leave_detail(*at);
        at->listing = nullptr;
    } else if (lists_.size() == Handling::most_places) {
        return PF_RESOURCE_EXHAUSTED;
    } else {
        lists_.emplace_back();
    }
    OpenList& list = lists_[place];
    list.endpoint = index;
    list.is_detail = true;
    list.is_read = false;
    list.failure = Status();
    list.parent = parent;
    if (is_dropped(parent)) {
        list.is_read = true;
        return PF_NOT_FOUND;
    }
    DetailSource& source = detail_source(index);
    if (!source.form) {
        return detail_failed(list, source.failure);
    }
    if (setup_.stop.requested()) {
        return detail_failed(list, setup_.stop.why());
    }
    auto first = source.ahead ? source.ahead->take(parent) : std::nullopt;
    if (!first) {
        auto answer =
            setup_.target->send(source.form->first_of(list.parent), setup_.stop, *setup_.meter);
        first = answer ? Result<prism::Body>(std::move(answer->body))
                       : Result<prism::Body>(answer.status());
    }
    list.listing = Listing::below_parent(setup_.target, source.form->below(list.parent),
                                         std::move(first), setup_.stop, setup_.meter);
    return PF_OK;
}

pf_status Call::next_detail(OpenList& list, pf_page& out) {
    if (!list.failure.ok() || !list.listing) {
        return list.failure.ok() ? PF_OUT_OF_RANGE : to_status(list.failure);
    }
    auto page = list.listing->next();
    if (page) {
        out.dialect = page->dialect;
        out.items = page->items;
        out.root = page->root;
        return PF_OK;
    }
    if (page.status().code() != Code::out_of_range) {
        return detail_failed(list, page.status());
    }
    list.is_read = true;
    if (list.listing->is_complete()) {
        return PF_OUT_OF_RANGE;
    }
    const bool is_truncated = list.listing->is_truncated();
    return detail_failed(
        list, Status(Code::aborted, is_truncated ? "ERROR_LIST_TRUNCATED" : "ERROR_LIST_CHANGED",
                     "not whole: " + list.listing->why_incomplete()));
}

// Once per cause, with the number of entities it hit and the first of them.
pf_status Call::detail_failed(OpenList& list, const Status& failure) {
    list.failure = failure;
    told_.insert(to_status(failure));
    if (setup_.stop.requested()) {
        return to_status(failure);  // the run's news
    }
    const Endpoint& endpoint = setup_.descriptor->endpoints[list.endpoint];
    std::string text = endpoint.name +
                       ", read for one entity after the other: " + failure.message() +
                       "; what CloudForet has of it stays";
    if (failure.code() == Code::not_found) {
        // The entity went away between its list and this, or this version has no such details.
        findings_.note(
            failure.reason() == "ERROR_PRISM_API_ABSENT" ? failure.reason() : "detail.not_found",
            text, list.parent);
        return PF_NOT_FOUND;
    }
    if (failure.code() == Code::permission_denied && !endpoint.role.empty()) {
        text += ". Grant the role " + endpoint.role + ", or do without by the option detail: false";
    }
    findings_.missing(failure.reason(), text, list.parent);
    return to_status(failure);
}

// A list that was opened and not read to its end has shown a part that looks like the whole.
void Call::leave_detail(OpenList& list) {
    if (!list.is_read && list.failure.ok() && list.listing && !setup_.stop.requested()) {
        findings_.missing("ERROR_MODULE_LIST_LEFT",
                          "module " + setup_.descriptor->name + " stopped reading " +
                              setup_.descriptor->endpoints[list.endpoint].name + " before its end",
                          list.parent);
    }
}

}  // namespace pf::host::services
