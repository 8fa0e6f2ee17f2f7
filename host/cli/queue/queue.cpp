#include "host/cli/queue/queue.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"
#include "host/runtime/event_text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string local_time(std::int64_t at, bool is_utc) {
    return time_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(at)), is_utc);
}

std::string counts_line(const state::OutboxCounts& counts, bool is_utc) {
    std::string line = count_text(counts.waiting) + " waiting, " + count_text(counts.dead) +
                       " dead, " + count_text(counts.delivered) + " delivered, " +
                       count_text(counts.dropped) + " dropped";
    if (counts.waiting > 0) {
        line += "; the oldest waits since " + local_time(counts.oldest_at, is_utc);
    }
    return line + "\n";
}

std::string table_of(const std::vector<state::Parcel>& parcels, const state::OutboxCounts& counts,
                     const QueueView& view, const TableLook& look) {
    Table table({{"ID", true},
                 {"CHANNEL"},
                 {"LANE"},
                 {"PUT"},
                 {view.is_dead ? "WAS DUE" : "DUE"},
                 {"ATTEMPTS", true},
                 {"LAST FAILURE"}});
    for (const state::Parcel& parcel : parcels) {
        const std::string failure = parcel.code.empty() ? "" : parcel.code + ": " + parcel.why;
        table.add({{std::to_string(parcel.id)},
                   {clean(parcel.letter.channel)},
                   {clean(parcel.letter.lane)},
                   {local_time(parcel.put_at, view.is_utc)},
                   {local_time(parcel.due_at, view.is_utc)},
                   {std::to_string(parcel.attempts)},
                   {clean(failure), view.is_dead ? Tint::red : Tint::yellow}});
    }
    std::string text = parcels.empty() ? "" : table.text(look);
    const std::uint64_t all = view.is_dead ? counts.dead : counts.waiting;
    if (all > parcels.size()) {
        text += "... and " + count_text(all - parcels.size()) + " more\n";
    }
    return text + counts_line(counts, view.is_utc);
}

std::string json_of(const std::vector<state::Parcel>& parcels, const state::OutboxCounts& counts) {
    Json items = Json::array();
    for (const state::Parcel& parcel : parcels) {
        items.push_back({{"id", parcel.id},
                         {"key", parcel.letter.key},
                         {"lane", parcel.letter.lane},
                         {"channel", parcel.letter.channel},
                         {"put_at", runtime::iso_time(parcel.put_at)},
                         {"due_at", runtime::iso_time(parcel.due_at)},
                         {"attempts", parcel.attempts},
                         {"code", parcel.code},
                         {"why", parcel.why},
                         {"content", parcel.letter.content}});
    }
    Json summary = {{"waiting", counts.waiting},     {"dead", counts.dead},
                    {"bytes", counts.bytes},         {"put", counts.put},
                    {"delivered", counts.delivered}, {"given_up", counts.given_up},
                    {"dropped", counts.dropped}};
    if (counts.waiting > 0) {
        summary["oldest_at"] = runtime::iso_time(counts.oldest_at);
    }
    const Json document = {
        {"schema", "prismforet/queue/1"}, {"items", items}, {"summary", summary}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status usage(const std::string& message) {
    return Status(Code::invalid_argument, "ERROR_USAGE", message);
}

// The ids once each; empty = all.
Result<std::vector<std::int64_t>> ids_of(const QueueChoice& choice) {
    if (choice.is_all && !choice.ids.empty()) {
        return usage("there are both IDs and --all; take one of them");
    }
    if (!choice.is_all && choice.ids.empty()) {
        return usage("it is not said which; IDs of prismforet queue list --dead, or --all");
    }
    std::vector<std::int64_t> ids = choice.ids;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

Status not_dead(std::size_t missing, const std::string& done) {
    return Status(Code::not_found, "ERROR_OUTBOX_PARCEL",
                  done + "; " + counted(missing, "ID") +
                      " not among the dead; prismforet queue list --dead shows which are");
}

}  // namespace

Result<std::string> queue_file(const std::string& file,
                               const std::vector<std::string>& configured) {
    if (file.empty() && configured.empty()) {
        return usage(
            "it is not known where the outbox is; set notify.queue or watch.state, or name the "
            "file with --file PATH");
    }
    if (file.empty() && configured.size() > 1) {
        return usage("notify.queue and watch.state are two outboxes; choose one with --file PATH");
    }
    const std::string& path = file.empty() ? configured.front() : file;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return Status(Code::not_found, "ERROR_OUTBOX_FILE",
                      "the outbox " + path +
                          " is not there; what delivers makes it, or name another with --file");
    }
    return path;
}

Result<std::string> queue_text(state::Outbox& outbox, const QueueView& view,
                               const TableLook& look) {
    auto parcels = view.is_dead ? outbox.dead(view.most) : outbox.waiting(view.most);
    auto counts = outbox.counts();
    if (!parcels || !counts) {
        return parcels ? counts.status() : parcels.status();
    }
    return view.is_json ? json_of(*parcels, *counts) : table_of(*parcels, *counts, view, look);
}

Result<std::string> retry_dead(state::Outbox& outbox, const QueueChoice& choice, std::int64_t now) {
    const auto ids = ids_of(choice);
    if (!ids) {
        return ids.status();
    }
    const auto revived = outbox.revive(*ids, now);
    if (!revived) {
        return revived.status();
    }
    const std::string done =
        counted(*revived, "letter") + (*revived == 1 ? " waits again" : " wait again");
    if (choice.is_all) {
        const auto counts = outbox.counts();
        if (!counts) {
            return counts.status();
        }
        return counts->dead == 0
                   ? Result<std::string>(done)
                   : Status(Code::resource_exhausted, "ERROR_OUTBOX_FULL",
                            done + ", and there is no room for " + count_text(counts->dead) +
                                " more; try again when some of those that wait are delivered");
    }
    return *revived == ids->size() ? Result<std::string>(done)
                                   : not_dead(ids->size() - *revived, done);
}

Result<std::string> forget_dead(state::Outbox& outbox, const QueueChoice& choice) {
    const auto ids = ids_of(choice);
    if (!ids) {
        return ids.status();
    }
    const auto forgotten = outbox.forget(*ids);
    if (!forgotten) {
        return forgotten.status();
    }
    const std::string done = counted(*forgotten, "letter") + " forgotten";
    return choice.is_all || *forgotten == ids->size() ? Result<std::string>(done)
                                                      : not_dead(ids->size() - *forgotten, done);
}

}  // namespace pf::host::cli
