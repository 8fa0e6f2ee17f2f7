#include "host/runtime/event_log.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "host/runtime/event_central.hpp"
#include "host/runtime/event_list.hpp"

namespace pf::host::runtime {
namespace {

// Of one list; a log grows without bound.
constexpr std::size_t most_read = 20'000;
constexpr std::int64_t usual_span_s = 86'400;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool holds(std::string_view text, std::string_view word) {
    const auto at = std::search(text.begin(), text.end(), word.begin(), word.end(),
                                [](char a, char b) { return lower(a) == lower(b); });
    return word.empty() || at != text.end();
}

std::string_view fact(const Occurrence& one, std::string_view name) {
    for (const auto& [key, text] : one.additional_info) {
        if (key == name) {
            return text;
        }
    }
    return {};
}

// The span that is asked for, in milliseconds: from <= t < to.
struct Span {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

Span span_of(const LogWish& wish) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    Span span;
    span.to = wish.to ? *wish.to * 1000
                      : std::chrono::duration_cast<std::chrono::milliseconds>(now).count() + 1;
    span.from = wish.from ? *wish.from * 1000 : span.to - usual_span_s * 1000;
    return span;
}

bool is_wanted(const Occurrence& one, const LogWish& wish, const Span& span) {
    if (one.occurred_at < span.from || one.occurred_at >= span.to) {
        return false;
    }
    if (!holds(one.title, wish.keyword) && !holds(one.description, wish.keyword) &&
        !holds(one.rule, wish.keyword)) {
        return false;
    }
    const bool is_of_cluster =
        wish.cluster_uuid.empty() || fact(one, "cluster_uuid") == wish.cluster_uuid;
    if (wish.entity_uuid.empty()) {
        return is_of_cluster;
    }
    const bool is_about_it =
        std::find(one.affected.begin(), one.affected.end(), wish.entity_uuid) != one.affected.end();
    return is_about_it || fact(one, "cluster_uuid") == wish.entity_uuid;
}

// What was found of one list, shared with the handler's thread.
struct Found {
    std::vector<Occurrence> wanted;
    std::size_t placeless = 0;
    std::size_t read = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    bool is_sorted = true;  // newest first so far
    bool has_more = false;
};

// Takes what is wanted; false when nothing that is still to come can be.
bool take(Found& found, Occurrence&& one, const LogWish& wish, const Span& span,
          bool is_newest_first) {
    ++found.read;
    found.is_sorted = found.is_sorted && one.occurred_at <= found.last;
    found.last = one.occurred_at;
    const bool may_stop = is_newest_first && found.is_sorted;
    const bool is_behind = one.occurred_at < span.from;
    const bool is_wanted_anywhere = is_wanted(one, wish, span);
    const EventClusters::Place place =
        is_wanted_anywhere ? wish.clusters.place(one) : EventClusters::Place::outside;
    found.placeless += place == EventClusters::Place::unknown ? 1 : 0;
    if (place == EventClusters::Place::inside) {
        found.wanted.push_back(std::move(one));
    }
    const bool is_enough = wish.is_descending &&
                           (wish.sort_key.empty() || wish.sort_key == "occurred_at") &&
                           found.wanted.size() > wish.limit;
    if (may_stop && (is_behind || is_enough)) {
        return false;
    }
    found.has_more = found.read >= most_read;
    return !found.has_more;
}

Status read_list(Modules& modules, const std::shared_ptr<const Module>& module,
                 const Central& central, const Request& request, const LogWish& wish,
                 const Span& span, std::uint32_t kind, Found& all, const Stop& stop) {
    EventListWish list_wish;
    list_wish.time_field = "creationTime";
    list_wish.from = span.from;
    list_wish.to = span.to;
    list_wish.newest_first = true;
    const auto list =
        std::make_shared<EventList>(module, kind == PF_EVENTS_EVENTS ? "events" : "audits",
                                    central.target, request.options.api_version, list_wish, stop);
    const auto found = std::make_shared<Found>();
    Status read = read_events(
        modules, module, kind, list, request.options.json,
        [found, list, wish, span, account = central.account](Occurrence&& one) {
            one.account = account;
            return take(*found, std::move(one), wish, span, list->is_ordered());
        },
        stop);
    if (!read.ok()) {
        return read.within(central.target->name());
    }
    all.has_more = all.has_more || found->has_more;
    all.placeless += found->placeless;
    std::move(found->wanted.begin(), found->wanted.end(), std::back_inserter(all.wanted));
    return Status();
}

using Key = std::string_view (*)(const Occurrence&);

// Null: no such name.
Key key_of(std::string_view name) {
    static constexpr std::pair<std::string_view, Key> keys[] = {
        {"event_type", [](const Occurrence& one) { return to_text(one.type); }},
        {"severity", [](const Occurrence& one) { return to_text(one.severity); }},
        {"title", [](const Occurrence& one) { return std::string_view(one.title); }},
        {"description", [](const Occurrence& one) { return std::string_view(one.description); }},
        {"rule", [](const Occurrence& one) { return std::string_view(one.rule); }},
        {"resource_name",
         [](const Occurrence& one) { return std::string_view(one.resource.name); }},
        {"resource_type",
         [](const Occurrence& one) { return std::string_view(one.resource.type); }},
        {"", [](const Occurrence&) { return std::string_view(); }},
        {"occurred_at", [](const Occurrence&) { return std::string_view(); }},
    };
    for (const auto& [key, read] : keys) {
        if (key == name) {
            return read;
        }
    }
    return nullptr;
}

void sort(std::vector<Occurrence>& entries, Key key, bool is_descending) {
    std::stable_sort(entries.begin(), entries.end(), [&](const Occurrence& a, const Occurrence& b) {
        const Occurrence& low = is_descending ? b : a;
        const Occurrence& high = is_descending ? a : b;
        const std::string_view low_key = key(low);
        const std::string_view high_key = key(high);
        return low_key == high_key ? low.occurred_at < high.occurred_at : low_key < high_key;
    });
}

}  // namespace

LogEnd read_log(Modules& modules, prism::Targets& targets, const Request& request,
                const LogWish& wish, const OccurrenceSink& sink, const Stop& stop) {
    LogEnd log;
    const Key key = key_of(wish.sort_key);
    if (key == nullptr) {
        log.end = Status(Code::invalid_argument, "ERROR_LOG_SORT",
                         "a log is not sorted by '" + wish.sort_key +
                             "'; take occurred_at, title, rule, severity, event_type, "
                             "description, resource_name or resource_type");
        return log;
    }
    auto module = modules.serving(events_duty);
    if (!module) {
        log.end = module.status();
        return log;
    }
    const Span span = span_of(wish);
    Found all;
    const auto note = [&log](const Status& status) {
        log.end = log.end.ok() ? status : log.end;
        return status.ok();
    };
    for (const TargetRequest& target : request.targets) {
        auto central = central_of(targets, target, request.options, stop);
        if (!note(central.status()) ||
            (!wish.prism_central.empty() && central->uuid != wish.prism_central)) {
            continue;
        }
        for (const auto& [wanted, kind] :
             {std::pair(wish.events, PF_EVENTS_EVENTS), std::pair(wish.audits, PF_EVENTS_AUDITS)}) {
            if (wanted) {
                note(read_list(modules, *module, *central, request, wish, span,
                               static_cast<std::uint32_t>(kind), all, stop));
            }
        }
    }
    sort(all.wanted, key, wish.is_descending);
    log.has_more = all.has_more || all.wanted.size() > wish.limit;
    log.placeless = all.placeless;
    all.wanted.resize(std::min<std::size_t>(all.wanted.size(), wish.limit));
    for (const Occurrence& one : all.wanted) {
        if (Status taken = sink(one); !taken.ok()) {
            log.end = taken;
            return log;
        }
    }
    return log;
}

}  // namespace pf::host::runtime
