// Json: a small JSON document for tests, with the reader's kinds. Not for the hot path.
//
//   const Json vm = Json::parse(R"({"name":"web-01"})");
//   vm["name"].text == "web-01";  vm["none"].kind == PF_KIND_ABSENT
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "prismforet/abi/types.h"

namespace pf::testing {

struct Json {
    std::int32_t kind = PF_KIND_ABSENT;  // one of PF_KIND_*
    bool truth = false;
    std::int64_t whole = 0;
    double number = 0;           // also set for whole numbers
    std::string text;            // valid UTF-8
    std::string key;             // when it is a member of an object
    std::vector<Json> children;  // elements, or members in their order; keys may repeat

    // Parses one document (RFC 8259). Throws std::invalid_argument that names the offset.
    static Json parse(std::string_view text);

    // A text.
    static Json of(std::string_view value) {
        Json json;
        json.kind = PF_KIND_STRING;
        json.text = value;
        return json;
    }
    // A whole number.
    static Json of(std::int64_t value) {
        Json json;
        json.kind = PF_KIND_INT;
        json.whole = value;
        json.number = static_cast<double>(value);
        return json;
    }
    // Any other number.
    static Json of(double value) {
        Json json;
        json.kind = PF_KIND_FLOAT;
        json.number = value;
        return json;
    }
    // true or false.
    static Json of(bool value) {
        Json json;
        json.kind = PF_KIND_BOOL;
        json.truth = value;
        return json;
    }
    // An empty value of a kind: null, array or object.
    static Json empty(std::int32_t kind) {
        Json json;
        json.kind = kind;
        return json;
    }

    // The first member `name`; an absent value when there is none.
    const Json& operator[](std::string_view name) const {
        static const Json absent;
        if (kind != PF_KIND_OBJECT) return absent;
        for (const Json& child : children) {
            if (child.key == name) return child;
        }
        return absent;
    }

    // The element or member number `index`; an absent value when there is none.
    const Json& at(std::size_t index) const {
        static const Json absent;
        return index < children.size() ? children[index] : absent;
    }

    // What a dotted path leads to, e.g. "metadata.uuid".
    const Json& find(std::string_view path) const {
        const std::size_t dot = path.find('.');
        const Json& next = (*this)[path.substr(0, dot)];
        return dot == path.npos ? next : next.find(path.substr(dot + 1));
    }

    // Adds a member to an object, or an element to an array (key empty).
    Json& add(std::string_view name, Json value) {
        value.key = name;
        children.push_back(std::move(value));
        return children.back();
    }

    // The document as one line; members in their order.
    std::string dump() const;
    // The document for people: one value per line, two spaces of indentation.
    std::string pretty() const;
    // A copy with the members of every object in the order of their keys.
    Json sorted() const {
        Json copy = *this;
        for (Json& child : copy.children) child = child.sorted();
        if (kind == PF_KIND_OBJECT) {
            std::stable_sort(copy.children.begin(), copy.children.end(),
                             [](const Json& a, const Json& b) { return a.key < b.key; });
        }
        return copy;
    }
};

namespace detail {

inline void quote(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

// A number that reads back as a float, not as a whole number.
inline void print_float(std::string& out, double number) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    out += text;
    if (text.find_first_of(".en") == text.npos) out += ".0";
}

// Prints `json`; `indent` < 0: on one line.
inline void print(std::string& out, const Json& json, int indent) {
    const auto line = [&](int level) {
        if (indent >= 0) out.append(1, '\n').append(static_cast<std::size_t>(level) * 2, ' ');
    };
    switch (json.kind) {
        case PF_KIND_BOOL:
            out += json.truth ? "true" : "false";
            return;
        case PF_KIND_INT:
            out += std::to_string(json.whole);
            return;
        case PF_KIND_FLOAT:
            print_float(out, json.number);
            return;
        case PF_KIND_STRING:
            quote(out, json.text);
            return;
        case PF_KIND_ARRAY:
        case PF_KIND_OBJECT:
            break;
        default:
            out += "null";
            return;
    }
    const bool is_object = json.kind == PF_KIND_OBJECT;
    out += is_object ? '{' : '[';
    for (std::size_t i = 0; i < json.children.size(); ++i) {
        if (i != 0) out += ',';
        line(indent + 1);
        if (is_object) {
            quote(out, json.children[i].key);
            out += indent >= 0 ? ": " : ":";
        }
        print(out, json.children[i], indent < 0 ? indent : indent + 1);
    }
    if (!json.children.empty()) line(indent);
    out += is_object ? '}' : ']';
}

}  // namespace detail

inline std::string Json::dump() const {
    std::string out;
    detail::print(out, *this, -1);
    return out;
}

inline std::string Json::pretty() const {
    std::string out;
    detail::print(out, *this, 0);
    return out;
}

}  // namespace pf::testing

#include "prismforet/testing/json_parser.hpp"
