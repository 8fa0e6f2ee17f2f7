#include "host/watch/rules.hpp"

#include <algorithm>
#include <utility>

#include "host/cost/calendar/zone.hpp"

namespace pf::host::watch {
namespace {

constexpr std::int64_t day = 86'400;

bool is_any(const std::vector<std::string>& list, std::string_view word) {
    return list.empty() || std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view word_of(state::ChangeKind kind) {
    switch (kind) {
        case state::ChangeKind::created:
            return "created";
        case state::ChangeKind::changed:
            return "changed";
        case state::ChangeKind::deleted:
            break;
    }
    return "deleted";
}

// True when `path` is `top` or below it.
bool is_within(std::string_view path, std::string_view top) {
    return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '.');
}

bool has_category(const std::vector<std::string>& wanted, const std::vector<std::string>& has) {
    return wanted.empty() || std::any_of(has.begin(), has.end(), [&](const std::string& one) {
               const std::string key = one.substr(0, one.find('='));
               return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& wish) {
                   return wish == one || wish == key;
               });
           });
}

bool has_field(const std::vector<std::string>& wanted, const state::Change& change) {
    return wanted.empty() || change.what != state::ChangeKind::changed ||
           std::any_of(
               change.fields.begin(), change.fields.end(), [&](const state::FieldChange& field) {
                   return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& top) {
                       return is_within(field.name, top);
                   });
               });
}

// Seconds of the day of "HH:MM".
std::optional<std::int64_t> time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        return std::nullopt;
    }
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59) {
        return std::nullopt;
    }
    return (hour * 60 + minute) * 60;
}

Status wrong(const RuleWish& wish, const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_CONFIG", "rule " + wish.name + ": " + what);
}

}  // namespace

Result<Rule> Rule::make(RuleWish wish, const std::string& zone) {
    if (wish.to.resource_type.empty() || wish.to.resource_id.empty()) {
        return wrong(wish, "it is not known whom to tell; give `to`, or watch.to for all rules");
    }
    Rule rule(std::move(wish));
    const std::string& quiet = rule.wish_.quiet;
    if (quiet.empty()) {
        return rule;
    }
    const auto dash = quiet.find('-');
    const auto from = time_of_day(std::string_view(quiet).substr(0, dash));
    const auto to = dash == std::string::npos
                        ? std::nullopt
                        : time_of_day(std::string_view(quiet).substr(dash + 1));
    if (!from || !to || *from == *to) {
        return wrong(rule.wish_, "quiet must be two different times of day, e.g. 22:00-06:00");
    }
    auto found = cost::Zone::find(zone);
    if (!found) {
        return found.status();
    }
    rule.quiet_from_ = *from;
    rule.quiet_to_ = *to;
    rule.zone_ = std::make_shared<const cost::Zone>(*found);
    return rule;
}

bool Rule::concerns(const state::Change& change) const {
    return is_any(wish_.kinds, change.row.kind) && is_any(wish_.changes, word_of(change.what)) &&
           has_category(wish_.categories, change.row.categories) && has_field(wish_.fields, change);
}

std::int64_t Rule::tell_at(std::int64_t now) const {
    if (!quiet_from_ || now < cost::Zone::first_instant || now >= cost::Zone::last_instant - day) {
        return now;
    }
    const std::int64_t clock = zone_->shown_at(now) % day;
    const bool is_over_midnight = *quiet_from_ > quiet_to_;
    const bool is_quiet = is_over_midnight ? clock >= *quiet_from_ || clock < quiet_to_
                                           : clock >= *quiet_from_ && clock < quiet_to_;
    if (!is_quiet) {
        return now;
    }
    // A clock that is turned meanwhile makes it an hour early or late, never more.
    return now + (quiet_to_ - clock + day) % day;
}

}  // namespace pf::host::watch
