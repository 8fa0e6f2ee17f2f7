// Node: a value of a cost model's text together with its place, for readers that say where
// something is wrong.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/cost/decimal.hpp"

namespace pf::host::cost {

// Left by a reader at the first problem; caught in read_cost_model.
struct WrongModel {
    std::string path;
    std::string what;
};

// What a number may be. Both ends belong to it.
struct Bounds {
    Decimal least{0};
    std::string_view most{};  // text of a Decimal; empty: as much as a Decimal takes
    bool allows_zero = true;
};

// A reference into a document, which must outlive it. The document fits its schema, so that only
// what the schema cannot say is checked here. A place that is not there is a Node as well.
class Node {
  public:
    Node(const nlohmann::json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    const std::string& path() const noexcept { return path_; }
    bool is_there() const noexcept { return value_ != nullptr; }
    bool is_object() const noexcept;
    bool is_list() const noexcept;

    Node operator[](std::string_view key) const;
    // Of a list; the value itself when it stands where a list may stand; nothing when it is not
    // there.
    std::vector<Node> elements() const;
    // Of an object, by key.
    std::vector<std::pair<std::string, Node>> members() const;

    // Each throws WrongModel when the value is not what is asked for, or not there.
    std::string text() const;  // 1 to 255 bytes, no control character
    std::string word() const;  // [a-z0-9][a-z0-9_.-]*, at most 63 bytes
    std::string date() const;  // YYYY-MM-DD
    int clock() const;         // "HH:MM" as minutes, 00:00 to 24:00
    std::int64_t integer() const;
    Decimal decimal(const Bounds& bounds = {}) const;
    bool flag() const;

    // The same with a value for what is not there.
    std::string text_or(std::string_view otherwise) const;
    Decimal decimal_or(Decimal otherwise, const Bounds& bounds = {}) const;
    bool flag_or(bool otherwise) const;
    // A list of different texts.
    std::vector<std::string> texts() const;

    [[noreturn]] void fail(const std::string& what) const;

  private:
    Node(const nlohmann::json* value, std::string path) : value_(value), path_(std::move(path)) {}
    // Fails when there is nothing.
    const nlohmann::json& value() const;

    const nlohmann::json* value_;
    std::string path_;
};

}  // namespace pf::host::cost
