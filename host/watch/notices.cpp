#include "host/watch/notices.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "host/runtime/event_text.hpp"

namespace pf::host::watch {
namespace {

using nlohmann::json;

constexpr std::size_t most_lines = 20;    // of what is told together
constexpr std::size_t most_fields = 20;   // of one change
constexpr std::size_t longest_key = 240;  // a letter's may have 256

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

std::string name_of(const state::Change& change) {
    return change.row.name.empty() ? change.row.id : change.row.name;
}

std::string value_text(const std::string& value) {
    return value.empty() ? "nothing" : value.front() == '#' ? "another long value" : value;
}

std::string description_of(const state::Change& change) {
    if (change.what == state::ChangeKind::created) {
        return "It was not there in the collection before.";
    }
    if (change.what == state::ChangeKind::deleted) {
        return "It is not there any more, and the collection was complete.";
    }
    std::string text;
    for (std::size_t i = 0; i < change.fields.size() && i < most_fields; ++i) {
        const state::FieldChange& field = change.fields[i];
        text +=
            field.name + ": " + value_text(field.before) + " -> " + value_text(field.after) + "\n";
    }
    if (change.fields.size() > most_fields) {
        text += "and " + std::to_string(change.fields.size() - most_fields) + " more\n";
    }
    return text;
}

// Keys keep apart what is apart, however long ids are.
std::string bounded(std::string text) {
    if (text.size() <= longest_key) {
        return text;
    }
    std::uint64_t sum = 14695981039346656037ull;  // FNV-1a
    for (const char c : text) {
        sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    }
    text.resize(longest_key - 24);
    return text + "~" + std::to_string(sum);
}

json tag(const char* key, const std::string& value) {
    return {{"key", key}, {"value", value}, {"options", {{"short", true}}}};
}

std::string request(const Audience& to, json message, bool is_bad) {
    const json all = {{"resource_type", to.resource_type},
                      {"resource_id", to.resource_id},
                      {"topic", to.topic},
                      {"message", std::move(message)},
                      {"notification_type", is_bad ? "WARNING" : "INFO"},
                      {"notification_level", "ALL"}};
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Notices::Notices(const Rule& rule, std::string channel, std::int64_t now)
    : rule_(rule), channel_(std::move(channel)), now_(now) {}

state::Letter Notices::letter(std::string key, std::string lane, std::string content) const {
    state::Letter made;
    made.key = bounded(std::move(key));
    made.lane = bounded(std::move(lane));
    made.channel = channel_;
    made.content = std::move(content);
    made.not_before = rule_.tell_at(now_) * 1000;
    return made;
}

void Notices::gather(const state::Change& change) {
    scope_ = change.row.account + "/" + change.row.kind;
    kind_ = change.row.kind;
    account_ = change.row.account;
    round_ = change.round;
    ++gathered_;
    created_ += change.what == state::ChangeKind::created ? 1 : 0;
    changed_ += change.what == state::ChangeKind::changed ? 1 : 0;
    deleted_ += change.what == state::ChangeKind::deleted ? 1 : 0;
    if (lines_.size() < most_lines) {
        std::string line = std::string(word_of(change.what)) + ": " + name_of(change);
        if (!change.fields.empty()) {
            line +=
                " (" + change.fields.front().name + (change.fields.size() > 1 ? " and more)" : ")");
        }
        lines_.push_back(std::move(line));
    }
}

void Notices::take(const std::vector<state::Change>& changes, std::vector<state::Letter>& letters) {
    for (const state::Change& change : changes) {
        if (!rule_.concerns(change)) {
            continue;
        }
        if (rule_.wish().is_digest || told_ >= rule_.wish().at_most) {
            gather(change);
            continue;
        }
        ++told_;
        const std::string what(word_of(change.what));
        const std::string key = "change:" + rule_.wish().name + ":" + change.row.account + ":" +
                                change.row.kind + ":" + change.row.id + ":" +
                                std::to_string(change.round) + ":" + what;
        const json message = {
            {"title", change.row.kind + " " + name_of(change) + " was " + what},
            {"description", description_of(change)},
            {"tags", json::array({tag("Kind", change.row.kind), tag("Account", change.row.account),
                                  tag("ID", change.row.id), tag("Key", key)})},
            {"occurred_at", runtime::iso_time(now_ * 1000)}};
        letters.push_back(
            letter(key, "resource:" + change.row.account + ":" + change.row.id,
                   request(rule_.wish().to, message, change.what == state::ChangeKind::deleted)));
    }
}

void Notices::finish(std::vector<state::Letter>& letters) {
    if (gathered_ == 0) {
        return;
    }
    std::string text;
    for (const std::string& line : lines_) {
        text += line + "\n";
    }
    if (gathered_ > lines_.size()) {
        text += "and " + std::to_string(gathered_ - lines_.size()) + " more\n";
    }
    const std::string key =
        "digest:" + rule_.wish().name + ":" + scope_ + ":" + std::to_string(round_);
    const json message = {
        {"title", std::to_string(gathered_) + (told_ > 0 ? " more" : "") + " changes of " + kind_ +
                      ": " + std::to_string(created_) + " created, " + std::to_string(changed_) +
                      " changed, " + std::to_string(deleted_) + " deleted"},
        {"description", text},
        {"tags", json::array({tag("Kind", kind_), tag("Account", account_), tag("Key", key)})},
        {"occurred_at", runtime::iso_time(now_ * 1000)}};
    letters.push_back(letter(key, "digest:" + rule_.wish().name + ":" + scope_,
                             request(rule_.wish().to, message, deleted_ > 0)));
}

}  // namespace pf::host::watch
