// Odd changes: every way in which one value of an entity may be missing or odd, one at a time.
//
//   each_odd_change(entity, [](const OddChange& change, const Json& changed) { ... });
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/testing/json.hpp"

namespace pf::testing {

// What was done to one value.
enum class Oddity : std::uint8_t {
    removed,       // the member or element is not there
    null,          // JSON null in its place
    wrong_type,    // a value of another kind in its place
    unknown_word,  // an enum, or the name of an object type, that nobody knows
    absurd_number  // a number that cannot be true
};

// One change of one entity. `path` is dotted, "disks[0].backingInfo.diskSizeBytes".
struct OddChange {
    Oddity oddity = Oddity::removed;
    std::string path;
    bool is_element = false;  // of an array, instead of a member of an object
};

// What stands in the place of a value, so that a record shows whether it came through.
inline constexpr std::string_view odd_word = "ODD_WORD";
inline constexpr std::int64_t odd_number = 70'707'070'707;

// The path with every index as "*": "disks[*].backingInfo.diskSizeBytes".
inline std::string pattern_of_path(std::string_view path) {
    std::string pattern;
    for (std::size_t at = 0; at < path.size(); ++at) {
        pattern += path[at];
        if (path[at] != '[') continue;
        pattern += '*';
        while (at + 1 < path.size() && path[at + 1] != ']') ++at;
    }
    return pattern;
}

// The change in words: "disks[0].backingInfo removed".
inline std::string text_of(const OddChange& change) {
    constexpr std::string_view words[] = {"removed", "null", "of a wrong type", "an unknown word",
                                          "an absurd number"};
    return change.path + " " + std::string(words[static_cast<std::size_t>(change.oddity)]);
}

namespace detail {

// "ON", "RULE_PROTECTED", "kKvm" are words of an enum; UUIDs and names are not.
inline bool is_enum_word(std::string_view text) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() > 2 && text[0] == 'k' && is_upper(text[1])) return true;
    return text.size() > 1 && is_upper(text[0]) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_upper(c) || c == '_' || (c >= '0' && c <= '9'); });
}

inline Json odd_object() {
    Json object = Json::empty(PF_KIND_OBJECT);
    object.add("odd", Json::of(odd_word));
    return object;
}

// The values of other kinds that may stand where `value` is.
inline std::vector<Json> wrong_types(const Json& value) {
    switch (value.kind) {
        case PF_KIND_STRING:
            return {Json::of(odd_number), odd_object()};
        case PF_KIND_ARRAY:
            return {Json::of(odd_word), odd_object()};
        case PF_KIND_OBJECT:
            return {Json::of(odd_word), Json::of(odd_number)};
        default:
            return {Json::of(odd_word)};
    }
}

// An unknown word in the place of a known one; nothing where there was none.
inline std::vector<Json> unknown_words(const Json& value) {
    if (value.kind != PF_KIND_STRING) return {};
    const bool is_type = value.key.starts_with('$');
    if (is_type) return {Json::of(std::string_view("odd.v4.config.ODD_WORD"))};
    return is_enum_word(value.text) ? std::vector{Json::of(odd_word)} : std::vector<Json>();
}

inline std::vector<Json> absurd_numbers(const Json& value) {
    if (value.kind != PF_KIND_INT) return {};
    return {Json::of(std::int64_t{-1}), Json::of(std::numeric_limits<std::int64_t>::max()),
            Json::of(std::numeric_limits<std::int64_t>::min()), Json::of(0.5)};
}

// Walks over `node`, a part of `root`, and hands out `root` with one change at a time.
template <class Visit>
class OddWalk {
  public:
    OddWalk(Json& root, const Visit& visit) : root_(root), visit_(visit) {}

    void walk(Json& node, const std::string& path) {
        const bool is_array = node.kind == PF_KIND_ARRAY;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (node.children[i].key == "$reserved") continue;  // revisions of models, no data
            const std::string name = is_array       ? path + "[" + std::to_string(i) + "]"
                                     : path.empty() ? node.children[i].key
                                                    : path + "." + node.children[i].key;
            change(node, i, {Oddity::removed, name, is_array});
            walk(node.children[i], name);
        }
    }

  private:
    void change(Json& parent, std::size_t index, OddChange what) {
        const auto at = parent.children.begin() + static_cast<std::ptrdiff_t>(index);
        const Json original = *at;
        parent.children.erase(at);
        visit_(what, root_);
        parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(index),
                               original);
        replace(parent.children[index], original, what, Oddity::null, {Json::empty(PF_KIND_NULL)});
        replace(parent.children[index], original, what, Oddity::wrong_type, wrong_types(original));
        replace(parent.children[index], original, what, Oddity::unknown_word,
                unknown_words(original));
        replace(parent.children[index], original, what, Oddity::absurd_number,
                absurd_numbers(original));
    }

    void replace(Json& place, const Json& original, OddChange& what, Oddity oddity,
                 std::vector<Json> values) {
        what.oddity = oddity;
        for (Json& value : values) {
            value.key = original.key;
            place = std::move(value);
            visit_(what, root_);
        }
        place = original;
    }

    Json& root_;
    const Visit& visit_;
};

}  // namespace detail

// Calls `visit(change, changed)` for every change of every member and element of `entity`, however
// deep, but of "$reserved"; `changed` is the whole entity with that one change.
template <class Visit>
void each_odd_change(const Json& entity, const Visit& visit) {
    Json copy = entity;
    detail::OddWalk<Visit>(copy, visit).walk(copy, {});
}

}  // namespace pf::testing
