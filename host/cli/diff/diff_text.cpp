#include "host/cli/diff/diff_text.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* red = "\x1b[31m";
constexpr const char* green = "\x1b[32m";
constexpr const char* yellow = "\x1b[33m";

class Lines {
  public:
    Lines(std::size_t width, bool has_colour) : width_(width), has_colour_(has_colour) {}

    void put(const std::string& text, const char* colour = "") {
        const std::string shown = width_ == 0 ? text : clip(text, width_);
        const bool is_coloured = has_colour_ && *colour != '\0';
        text_ += is_coloured ? colour + shown + "\x1b[0m\n" : shown + "\n";
    }
    std::string take() { return std::move(text_); }

  private:
    std::size_t width_;
    bool has_colour_;
    std::string text_;
};

std::string subject(const Identity& identity, const std::string& name) {
    return clean(identity.group) + "/" + clean(identity.type) + "  " + clean(name) +
           (identity.id.empty() ? "" : "  " + clean(identity.id));
}

void put_all(Lines& lines, const std::vector<Difference>& all, const std::string& word,
             const char* colour) {
    for (const Difference& one : all) {
        lines.put(pad(word, 11) + subject(one.identity, one.name), colour);
        for (const KeyChange& key : one.keys) {
            lines.put("           " + clean(key.path) + ": " +
                      (key.before.empty() ? "(absent)" : clean(key.before)) + " -> " +
                      (key.after.empty() ? "(absent)" : clean(key.after)));
        }
    }
}

Json identity_json(const Identity& identity, const std::string& name) {
    return {{"provider", identity.provider},       {"cloud_service_group", identity.group},
            {"cloud_service_type", identity.type}, {"account", identity.account},
            {"resource_id", identity.id},          {"name", name}};
}

Json value_json(const std::string& text) {
    return Json::parse(text, nullptr, false);  // made by dump()
}

Json differences_json(const std::vector<Difference>& all) {
    Json list = Json::array();
    for (const Difference& one : all) {
        Json entry = identity_json(one.identity, one.name);
        for (const KeyChange& key : one.keys) {
            Json change = {{"key", key.path}};
            if (!key.before.empty()) {
                change["before"] = value_json(key.before);
            }
            if (!key.after.empty()) {
                change["after"] = value_json(key.after);
            }
            entry["keys"].push_back(std::move(change));
        }
        list.push_back(std::move(entry));
    }
    return list;
}

const char* verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::equal:
            return "equal";
        case Verdict::different:
            return "different";
        case Verdict::unknown:
            break;
    }
    return "unknown";
}

}  // namespace

std::string diff_text(const CollectionDiff& diff, std::size_t width, bool has_colour) {
    Lines lines(width, has_colour);
    put_all(lines, diff.created, diff.is_before_whole ? "created" : "only in B", green);
    put_all(lines, diff.removed, diff.is_after_whole ? "removed" : "only in A", red);
    put_all(lines, diff.changed, "changed", yellow);
    put_all(lines, diff.unmatched, "no id", yellow);
    for (const Repetition& one : diff.repeated) {
        lines.put(pad("repeated", 11) + subject(one.identity, one.name) + "  " +
                      count_text(one.before) + " in A, " + count_text(one.after) + " in B",
                  yellow);
    }
    return lines.take();
}

std::string diff_summary(const CollectionDiff& diff) {
    std::string text =
        count_text(diff.created.size()) + (diff.is_before_whole ? " created" : " only in B") +
        " · " + count_text(diff.removed.size()) +
        (diff.is_after_whole ? " removed" : " only in A") + " · " +
        count_text(diff.changed.size()) + " changed · " + count_text(diff.equal) + " equal";
    if (!diff.unmatched.empty()) {
        text += " · " + count_text(diff.unmatched.size()) + " that cannot be matched";
    }
    if (!diff.repeated.empty()) {
        text += " · " + count_text(diff.repeated.size()) + " repeated";
    }
    return text;
}

std::string diff_json(const CollectionDiff& diff) {
    Json json = {{"schema", "prismforet/v1"},
                 {"verdict", verdict_name(diff.verdict())},
                 {"before_complete", diff.is_before_whole},
                 {"after_complete", diff.is_after_whole},
                 {"equal", diff.equal},
                 {"created", differences_json(diff.created)},
                 {"removed", differences_json(diff.removed)},
                 {"changed", differences_json(diff.changed)},
                 {"unmatched", differences_json(diff.unmatched)}};
    json["repeated"] = Json::array();
    for (const Repetition& one : diff.repeated) {
        Json entry = identity_json(one.identity, one.name);
        entry["before"] = one.before;
        entry["after"] = one.after;
        json["repeated"].push_back(std::move(entry));
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pf::host::cli
