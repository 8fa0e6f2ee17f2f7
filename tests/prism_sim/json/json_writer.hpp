#pragma once
// Writes compact JSON into a TextBuffer. Keys are string literals and cost one copy.
// Commas are placed by looking at the last byte, so a writer may continue what another began.

#include <charconv>
#include <concepts>
#include <cstring>
#include <string_view>

#include "tests/prism_sim/json/text_buffer.hpp"
#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

class JsonWriter {
  public:
    explicit JsonWriter(TextBuffer& out) : out_(&out) {}

    /// `{` as the document or as a list element.
    void open_item() { put(comma(out_->room(2)), "{"); }
    template <std::size_t N>
    void open(const char (&key)[N]) {
        put(name(key), "{");
    }
    void close() { put(out_->room(1), "}"); }
    template <std::size_t N>
    void open_list(const char (&key)[N]) {
        put(name(key), "[");
    }
    void close_list() { put(out_->room(1), "]"); }

    /// A string that needs no escape.
    template <std::size_t N>
    void plain(const char (&key)[N], std::string_view value) {
        char* at = name(key, value.size() + 2);
        *at++ = '"';
        at += value.copy(at, value.size());
        *at++ = '"';
        out_->commit(at);
    }
    /// Any UTF-8 string, escaped where JSON demands it.
    template <std::size_t N>
    void text(const char (&key)[N], std::string_view value) {
        out_->commit(name(key));
        quote(value);
    }
    template <std::size_t N>
    void number(const char (&key)[N], std::integral auto value) {
        char* at = name(key, 24);
        out_->commit(std::to_chars(at, at + 24, value).ptr);
    }
    template <std::size_t N>
    void flag(const char (&key)[N], bool value) {
        char* at = name(key, 8);
        value ? put(at, "true") : put(at, "false");
    }
    template <std::size_t N>
    void uuid(const char (&key)[N], const Uuid& value) {
        char* at = name(key, kUuidText + 2);
        *at = '"';
        write_uuid(at + 1, value);
        at[kUuidText + 1] = '"';
        out_->commit(at + kUuidText + 2);
    }

    /// A key chosen at run time, escaped.
    void text_by_name(std::string_view key, std::string_view value) {
        name_at_run_time(key);
        quote(value);
    }
    void open_list_by_name(std::string_view key) {
        name_at_run_time(key);
        out_->append("[");
    }
    void number_by_name(std::string_view key, std::integral auto value) {
        name_at_run_time(key);
        char* at = out_->room(24);
        out_->commit(std::to_chars(at, at + 24, value).ptr);
    }

    void element(std::string_view value) {
        out_->commit(comma(out_->room(1)));
        quote(value);
    }
    void element(const Uuid& value) {
        char* at = comma(out_->room(kUuidText + 3));
        *at = '"';
        write_uuid(at + 1, value);
        at[kUuidText + 1] = '"';
        out_->commit(at + kUuidText + 2);
    }
    void element(std::integral auto value) {
        char* at = comma(out_->room(25));
        out_->commit(std::to_chars(at, at + 24, value).ptr);
    }

    TextBuffer& buffer() { return *out_; }

  protected:
    template <std::size_t N>
    static char* copy(char* at, const char (&literal)[N]) {
        std::memcpy(at, literal, N - 1);
        return at + (N - 1);
    }
    char* comma(char* at) const {
        const char last = out_->back();
        if (last != '{' && last != '[' && last != ':' && last != '\0') *at++ = ',';
        return at;
    }
    /// `,"key":` with room for `value_bytes` more; returns where the value goes, uncommitted.
    template <std::size_t N>
    char* name(const char (&key)[N], std::size_t value_bytes = 2) {
        char* at = comma(out_->room(N + 3 + value_bytes));
        *at++ = '"';
        at = copy(at, key);
        return copy(at, "\":");
    }

  private:
    template <std::size_t N>
    void put(char* at, const char (&literal)[N]) {
        out_->commit(copy(at, literal));
    }
    void name_at_run_time(std::string_view key) {
        out_->commit(comma(out_->room(1)));
        quote(key);
        out_->append(":");
    }
    void quote(std::string_view value);

    TextBuffer* out_;
};

}  // namespace pf::sim
