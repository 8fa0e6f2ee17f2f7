// Recorder: takes the writer's tokens and keeps the records, by the rules of writer.h.
//
// It is the writer of the fake host. What it accepts the real host accepts; its first error
// sticks until the end of the record.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "prismforet/testing/json.hpp"
#include "prismforet/testing/text.hpp"

namespace pf::testing {

// One finished record.
struct Record {
    std::uint32_t output = 0;
    std::string id;
    Json content;                      // {name?, region?, ..., data}: members in their order
    std::vector<std::string> unknown;  // data keys declared unknown

    // The record in canonical form: id, unknown keys and content, members in the order of keys.
    Json canonical() const {
        Json json = content;
        json.add("id", Json::of(std::string_view(id)));
        if (!unknown.empty()) {
            Json& list = json.add("unknown", Json::empty(PF_KIND_ARRAY));
            for (const std::string& key : unknown) list.add("", Json::of(std::string_view(key)));
        }
        return json.sorted();
    }

    // The canonical form as one line.
    std::string text() const { return canonical().dump(); }
};

class Recorder {
  public:
    static constexpr std::size_t largest_record = 1u << 20;
    static constexpr std::size_t longest_text = 255;
    static constexpr std::size_t deepest = 32;
    static constexpr std::int64_t largest_exact = std::int64_t{1} << 53;

    // `note(code, id, why)` is called when the recorder changes a value.
    using Note = std::function<void(std::string_view, std::string_view, std::string_view)>;

    // `descriptor` outlives this object.
    Recorder(const Json& descriptor, Note note)
        : outputs_(descriptor["outputs"]), note_(std::move(note)) {}

    // Opens a record of output number `output`.
    void begin(std::uint32_t output, std::string_view id) {
        if (is_open_) return fail("begin() while a record is open: call end() or abort() first");
        if (outputs_.at(output).kind == PF_KIND_ABSENT) return;
        is_open_ = true;
        error_.clear();
        record_ = Record{output, std::string(id.substr(0, 1024)), Json::empty(PF_KIND_OBJECT), {}};
        stack_.assign(1, &record_.content);
        has_key_ = is_dropped_ = is_data_closed_ = false;
        dropping_ = 0;
        if (id.empty() || id.size() > 1024 || valid_utf8(id) != id) {
            fail("the id must be 1 to 1024 bytes of UTF-8");
        }
    }

    // Keeps an error of the open record; the first one counts.
    void fail(std::string why) {
        if (is_open_ && error_.empty()) error_ = std::move(why);
    }

    // The key of the next value.
    void key(std::string_view text) {
        if (!accepts() || dropping_ > 0) return;
        if (has_key_ || is_dropped_ || stack_.back()->kind != PF_KIND_OBJECT) {
            return fail("key \"" + std::string(text) + "\" where a value was due, or in an array");
        }
        const bool is_stored_data = stack_.size() > 1 && part() == "data";
        if (is_stored_data && text.starts_with('$')) {
            is_dropped_ = true;
            return;
        }
        check_key(text, is_stored_data);
        key_ = valid_utf8(text);
        has_key_ = true;
    }

    // A text value.
    void str(std::string_view text) {
        std::string valid = valid_utf8(text);
        const std::string_view where = part();
        if (accepts() && stack_.size() == 1 && where == "region" && valid != text) {
            return fail("the region is an identity: it must be UTF-8");
        }
        const bool is_cut = (stack_.size() == 1 && where == "instance_type") ||
                            (stack_.size() == 2 && where == "ip_addresses");
        if (is_cut && is_open_) {
            const std::string_view shorter = first_characters(valid, longest_text);
            if (shorter.size() != valid.size()) {
                note_("writer.text_cut", record_.id, std::string(where) + " was cut");
                valid = shorter;
            }
        }
        place(Json::of(std::string_view(valid)));
    }

    // A whole number; beyond 2^53 it is kept as text.
    void i64(std::int64_t number) {
        if (stack_.size() == 1) return f64(static_cast<double>(number));
        const bool is_exact = number >= -largest_exact && number <= largest_exact;
        place(is_exact ? Json::of(number) : Json::of(std::string_view(std::to_string(number))));
    }

    // A finite number.
    void f64(double number) {
        if (std::isfinite(number) || is_dropped_ || dropping_ > 0)
            return void(place(Json::of(number)));
        fail("a number that is not finite");
    }

    // true or false.
    void boolean(bool truth) { place(Json::of(truth)); }
    // JSON null.
    void null() { place(Json::empty(PF_KIND_NULL)); }
    // Opens an object (PF_KIND_OBJECT) or an array (PF_KIND_ARRAY).
    void open(std::int32_t kind) {
        if (!accepts()) return;
        if (is_dropped_ || dropping_ > 0) {
            is_dropped_ = false;
            ++dropping_;
            return;
        }
        if (stack_.size() > deepest) return fail("nested deeper than 32 levels");
        if (Json* child = place(Json::empty(kind))) stack_.push_back(child);
    }

    // Closes the innermost container.
    void close() {
        if (!accepts()) return;
        if (dropping_ > 0) {
            --dropping_;
            return;
        }
        if (stack_.size() < 2 || has_key_ || is_dropped_) {
            return fail("close() with nothing open, or after a key");
        }
        if (stack_.size() == 2 && part() == "data") is_data_closed_ = true;
        stack_.pop_back();
    }

    // Declares a data key unknown.
    void unknown(std::string_view data_key) {
        if (!accepts()) return;
        if (is_data_closed_) return fail("unknown(\"" + std::string(data_key) + "\") after data");
        check_data_key(data_key);
        record_.unknown.emplace_back(data_key);
    }

    // Whether a record is open.
    bool is_open() const noexcept { return is_open_; }
    // The open record's first error, or the last record's; empty when there was none.
    const std::string& error() const noexcept { return error_; }
    // The id of the open or last record.
    const std::string& id() const noexcept { return record_.id; }

    // Ends the record. True: `out` has it, with the empty forms filled in. False: see error().
    bool end(Record& out) {
        if (!is_open_) return error_ = "end() without begin()", false;
        if (stack_.size() != 1 || has_key_ || is_dropped_ || dropping_ > 0) {
            fail("the record ends with an open container or a key without value");
        }
        fill_empty_forms();
        if (record_.content.dump().size() > largest_record) {
            fail("the record is larger than 1 MiB");
        }
        is_open_ = false;
        if (!error_.empty()) return false;
        out = std::move(record_);
        return true;
    }

    // Discards the open record.
    void abort() { is_open_ = false; }

  private:
    bool accepts() const noexcept { return is_open_ && error_.empty(); }

    // The top-level key we are in: "data", "tags", ...
    std::string_view part() const noexcept {
        if (!is_open_) return {};
        return stack_.size() > 1 ? std::string_view(stack_[1]->key) : std::string_view(key_);
    }

    void check_key(std::string_view text, bool is_data) {
        const std::string shown = "key \"" + std::string(text) + "\"";
        if (stack_.size() == 1) {
            constexpr std::string_view allowed[] = {
                "name",         "region", "instance_type", "instance_size",
                "ip_addresses", "link",   "tags",          "data"};
            if (std::find(std::begin(allowed), std::end(allowed), text) == std::end(allowed)) {
                fail(shown + " is no part of a record");
            }
        }
        if (text.empty() || text.size() > 1024 || text.find('\0') != text.npos ||
            (is_data && text.find('.') != text.npos)) {
            fail(shown + ": keys are 1 to 1024 bytes without NUL, and without dots under data");
        }
        if (is_data && stack_.size() == 2) check_data_key(text);
        if ((*stack_.back())[text].kind != PF_KIND_ABSENT) fail(shown + " is written twice");
    }

    void check_data_key(std::string_view key) {
        const std::string shown = "data key \"" + std::string(key) + "\"";
        if (outputs_.at(record_.output)["data"][key].kind == PF_KIND_ABSENT) {
            fail(shown + " is not in the descriptor");
        }
        const auto& unknown = record_.unknown;
        if (record_.content["data"][key].kind != PF_KIND_ABSENT ||
            std::find(unknown.begin(), unknown.end(), key) != unknown.end()) {
            fail(shown + " is written twice, or written and unknown");
        }
    }

    // Puts a value where the record stands; null when it was dropped or refused.
    Json* place(Json value) {
        if (!accepts()) return nullptr;
        if (is_dropped_ || dropping_ > 0) {
            is_dropped_ = false;
            return nullptr;
        }
        Json& parent = *stack_.back();
        if (parent.kind == PF_KIND_OBJECT && !has_key_)
            return fail("a value without a key"), nullptr;
        if (stack_.size() == 1 && !check_part(value)) return nullptr;
        if (stack_.size() == 2 && part() == "ip_addresses" && value.kind != PF_KIND_STRING) {
            return fail("ip_addresses holds texts only"), nullptr;
        }
        const std::string key = has_key_ ? key_ : std::string();
        has_key_ = false;
        // An empty text vanishes at the receiver: leaving it out says the same.
        if (stack_.size() == 1 && value.kind == PF_KIND_STRING && value.text.empty())
            return nullptr;
        return &parent.add(key, std::move(value));
    }

    // Whether the value has the form its top-level key wants.
    bool check_part(const Json& value) {
        const bool is_number = value.kind == PF_KIND_INT || value.kind == PF_KIND_FLOAT;
        bool fits = value.kind == PF_KIND_STRING;
        if (key_ == "instance_size") fits = is_number;
        if (key_ == "ip_addresses") fits = value.kind == PF_KIND_ARRAY;
        if (key_ == "tags" || key_ == "data") fits = value.kind == PF_KIND_OBJECT;
        if (!fits) fail("key \"" + key_ + "\" has a value of another form");
        if (key_ == "region" && value.text.size() > longest_text) {
            fits = false;
            fail("the region is an identity: at most 255 bytes");
        }
        return fits;
    }

    void fill_empty_forms() {
        if (!error_.empty()) return;
        if (record_.content["data"].kind == PF_KIND_ABSENT) {
            record_.content.add("data", Json::empty(PF_KIND_OBJECT));
        }
        for (Json& member : record_.content.children) {
            if (member.key != "data") continue;
            for (const Json& form : outputs_.at(record_.output)["data"].children) {
                const auto& unknown = record_.unknown;
                const bool is_unknown =
                    std::find(unknown.begin(), unknown.end(), form.key) != unknown.end();
                if (!is_unknown && member[form.key].kind == PF_KIND_ABSENT)
                    member.add(form.key, form);
            }
        }
    }

    const Json& outputs_;
    Note note_;
    bool is_open_ = false;
    std::string error_;
    Record record_;
    std::vector<Json*> stack_;  // the open containers, the record first
    std::string key_;           // of the next value
    bool has_key_ = false;
    bool is_dropped_ = false;  // the next value belongs to a '$' key
    int dropping_ = 0;         // containers open inside a dropped member
    bool is_data_closed_ = false;
};

}  // namespace pf::testing
