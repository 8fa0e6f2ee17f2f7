#include "host/app/watch_compare.hpp"

#include <map>
#include <utility>

#include "host/app/watch_delivery.hpp"
#include "host/watch/notices.hpp"

namespace pf::host::app {
namespace {

void count(const std::vector<state::Change>& changes, WatchRound& round) {
    for (const state::Change& change : changes) {
        round.created += change.what == state::ChangeKind::created ? 1 : 0;
        round.changed += change.what == state::ChangeKind::changed ? 1 : 0;
        round.deleted += change.what == state::ChangeKind::deleted ? 1 : 0;
    }
}

void remark(const std::string& where, const state::RoundResult& result, WatchRound& round) {
    if (result.is_baseline) {
        round.remarks.push_back(where + ": " + std::to_string(result.seen) +
                                " resources, seen for the first time");
    }
    if (result.is_shrunk) {
        round.remarks.push_back(
            where + ": " + std::to_string(result.missing) + " of " + std::to_string(result.known) +
            " are gone at once, which is not believed until the next round shows it again; "
            "`prismforet watch --once --accept-shrink` believes it now");
    }
}

}  // namespace

WatchCompare::WatchCompare(state::Snapshot& snapshot, const std::vector<watch::Rule>& rules,
                           Put put, bool is_rehearsal, bool accept_shrink)
    : snapshot_(snapshot),
      rules_(rules),
      put_(std::move(put)),
      is_rehearsal_(is_rehearsal),
      accept_shrink_(accept_shrink) {}

Status WatchCompare::compare(const std::vector<state::SeenList>& lists, WatchRound& round) {
    // A scope is complete when all of its lists are.
    std::map<std::pair<std::string, std::string>, bool> scopes;
    for (const state::SeenList& list : lists) {
        const auto [at, is_new] =
            scopes.emplace(std::pair(list.account, list.kind), list.is_complete);
        at->second = is_new ? at->second : at->second && list.is_complete;
    }
    Status compared;
    for (auto scope = scopes.begin(); scope != scopes.end() && compared.ok(); ++scope) {
        // Without an account it is not known who answered, so nothing can be compared.
        if (!scope->first.first.empty()) {
            compared = compare(
                {scope->first.first, scope->first.second, scope->second, accept_shrink_}, round);
        }
    }
    return compared;
}

Status WatchCompare::compare(const state::RoundScope& scope, WatchRound& round) {
    std::vector<watch::Notices> notices;
    for (const watch::Rule& rule : rules_) {
        notices.emplace_back(rule, notification_channel, round.at);
    }
    // Counted on the side: what is undone was no change.
    WatchRound told;
    bool is_rehearsed = false;
    const auto result =
        snapshot_.finish(scope, [&](const std::vector<state::Change>& changes) -> Status {
            count(changes, told);
            std::vector<state::Letter> letters;
            for (watch::Notices& each : notices) {
                changes.empty() ? each.finish(letters) : each.take(changes, letters);
            }
            told.letters += letters.size();
            Status put = put_(letters);
            is_rehearsed = changes.empty() && is_rehearsal_ && put.ok();
            return is_rehearsed
                       ? Status(Code::aborted, "ERROR_INTERRUPTED", "a rehearsal keeps nothing")
                       : put;
        });
    if (!result && !is_rehearsed) {
        return result.status().within(scope.account + " " + scope.kind);
    }
    round.created += told.created;
    round.changed += told.changed;
    round.deleted += told.deleted;
    round.letters += told.letters;
    if (result) {
        remark(scope.account + " " + scope.kind, *result, round);
    }
    return Status();
}

}  // namespace pf::host::app
