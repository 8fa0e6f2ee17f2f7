#include "host/cli/selection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/console/member.hpp"
#include "host/cli/human.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/text.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

// Enough to find the name that was meant; more would only cost memory.
constexpr std::size_t most_names = 20000;

}  // namespace

Selection::Selection(std::vector<std::string> words, RowFilter filter)
    : filter_(std::move(filter)) {
    for (std::string& word : words) {
        std::string small = lower_ascii(word);
        words_.push_back({std::move(word), std::move(small), {}});
    }
}

// A name counts as found also where the filter leaves its resource out.
bool Selection::wants(std::string_view resource) {
    return is_named(resource) && filter_.wants(resource);
}

bool Selection::is_named(std::string_view text) {
    if (words_.empty()) {
        return true;
    }
    const nlohmann::ordered_json resource = parse_resource(text);
    const std::string name = text_member(resource, "name");
    const std::string id = identity_of(resource).id;
    const std::string small = lower_ascii(id);
    bool is_wanted = false;
    for (Word& word : words_) {
        if (word.text == name || word.lower == small) {
            word.ids.push_back(id);
            is_wanted = true;
        }
    }
    if (!is_wanted && names_.size() < most_names) {
        names_.push_back(name);
    }
    return is_wanted;
}

Status Selection::missing() const {
    std::string list;
    std::string nearest;
    for (const Word& word : words_) {
        if (word.ids.empty()) {
            list += (list.empty() ? "" : ", ") + word.text;
            nearest = nearest.empty() ? runtime::suggestion(word.text, names_) : nearest;
        }
    }
    if (list.empty()) {
        return Status();
    }
    return Status(Code::not_found, "ERROR_NOT_FOUND",
                  "there is no resource with the name or id " + list +
                      (nearest.empty() ? "; `prismforet get KIND` lists them" : nearest));
}

std::vector<std::string> Selection::ambiguous() const {
    std::vector<std::string> lines;
    for (const Word& word : words_) {
        if (word.ids.size() < 2) {
            continue;
        }
        std::string line = "\"" + word.text + "\" is " + counted(word.ids.size(), "resource") + ":";
        for (const std::string& id : word.ids) {
            line += " " + id;
        }
        lines.push_back(line + "; give the id for one");
    }
    return lines;
}

std::vector<std::string> Selection::texts() const {
    std::vector<std::string> texts;
    for (const Word& word : words_) {
        texts.push_back(word.text);
    }
    const std::vector<std::string> conditions = filter_.texts();
    texts.insert(texts.end(), conditions.begin(), conditions.end());
    return texts;
}

}  // namespace pf::host::cli
