// Comparing what a module made with what it should make, for any test framework: every function
// answers an empty text when all is well, else what differs.
#pragma once

#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "prismforet/testing/json.hpp"

namespace pf::testing {

namespace detail {

inline void compare(std::string& out, const std::string& path, const Json& expected,
                    const Json& actual) {
    const bool is_container = expected.kind == PF_KIND_ARRAY || expected.kind == PF_KIND_OBJECT;
    if (expected.kind != actual.kind || !is_container) {
        const bool is_same = expected.kind == actual.kind && expected.dump() == actual.dump();
        const auto show = [](const Json& json) {
            return json.kind == PF_KIND_ABSENT ? std::string("nothing") : json.dump();
        };
        if (!is_same) {
            out += path + ": expected " + show(expected) + ", got " + show(actual) + "\n";
        }
        return;
    }
    if (expected.kind == PF_KIND_ARRAY) {
        const std::size_t count = std::max(expected.children.size(), actual.children.size());
        for (std::size_t i = 0; i < count; ++i) {
            compare(out, path + "[" + std::to_string(i) + "]", expected.at(i), actual.at(i));
        }
        return;
    }
    for (const Json& member : expected.children) {
        compare(out, path + "." + member.key, member, actual[member.key]);
    }
    for (const Json& member : actual.children) {
        if (expected[member.key].kind == PF_KIND_ABSENT) {
            compare(out, path + "." + member.key, Json(), member);
        }
    }
}

}  // namespace detail

// The file's bytes. Throws std::runtime_error when it cannot be read.
inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// What differs, one line per place; the order of an object's members does not count.
inline std::string difference(const Json& expected, const Json& actual) {
    std::string out;
    detail::compare(out, "$", expected, actual);
    return out;
}

// What differs from the JSON file at `path`. With PF_UPDATE_GOLDEN in the environment the file is
// written instead: look at the change before you keep it.
inline std::string golden_difference(const std::string& path, const Json& actual) {
    if (std::getenv("PF_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path, std::ios::binary) << actual.sorted().pretty() << '\n';
        return {};
    }
    return difference(Json::parse(read_file(path)), actual);
}

// Holds the names of an array of the descriptor ("endpoints", "lookups", "outputs") against a
// module's enum, written as a list in the enum's order.
inline std::string order_difference(const Json& descriptor, std::string_view array,
                                    std::initializer_list<std::string_view> names) {
    Json expected = Json::empty(PF_KIND_ARRAY);
    for (const std::string_view name : names) expected.add("", Json::of(name));
    Json actual = Json::empty(PF_KIND_ARRAY);
    for (const Json& entry : descriptor[array].children) {
        actual.add("", entry[array == "outputs" ? "kind" : "name"]);
    }
    return difference(expected, actual);
}

}  // namespace pf::testing
